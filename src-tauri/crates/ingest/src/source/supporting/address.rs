//! Repositories and changes as addresses of a code host name them.

/// `owner/name` of `https://HOST/owner/name/…` or `https://api.HOST/repos/owner/name/…`.
pub(super) fn repository_in(url: &str) -> Option<String> {
    let mut pieces = path_of(url)?;
    let (owner, name) = (pieces.next()?, pieces.next()?);
    let is_name = |text: &str| !text.is_empty() && !text.contains(['?', '#', '@', ':']);
    (is_name(owner) && is_name(name)).then(|| format!("{owner}/{}", name.strip_suffix(".git").unwrap_or(name)))
}

/// The id of the change that an address of a pull request leads to: `github:acme/pay#2214`.
pub(super) fn github_change(url: &str) -> Option<String> {
    let repository = repository_in(url)?;
    let mut rest = path_of(url)?.skip(2);
    let page = rest.next()?;
    let number = rest.next()?.split(['?', '#']).next()?;
    let is_pull = matches!(page, "pull" | "pulls") && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_pull && !number.is_empty()).then(|| format!("github:{}#{number}", repository.to_lowercase()))
}

/// The project of an address of GitLab, `group/project` of `https://HOST/group/project/-/jobs/7`.
pub(super) fn gitlab_project(url: &str) -> Option<String> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let project = path.split_once("/-/")?.0;
    project.contains('/').then(|| project.to_owned())
}

/// The id of the merge request that an address leads to: `gitlab:core/auth!418`.
pub(super) fn gitlab_change(url: &str) -> Option<String> {
    let number = number_after(url, "merge_requests")?;
    let number = number.split(['?', '#']).next().filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(format!("gitlab:{}!{number}", gitlab_project(url)?.to_lowercase()))
}

/// `owner/name` of the address that a tool clones from: `https://HOST/owner/name.git`, `git@HOST:owner/name.git`.
pub(super) fn repository_cloned(url: &str) -> Option<String> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => url.split_once(':').filter(|(host, _)| host.contains('@'))?.1,
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    path.contains('/').then(|| path.to_owned())
}

/// The number behind `page` in an address: the deployment of `…/deployments/81/statuses/3`.
pub(super) fn number_after(url: &str, page: &str) -> Option<String> {
    let mut pieces = path_of(url)?.skip_while(|piece| *piece != page);
    pieces.next()?;
    pieces.next().filter(|number| !number.is_empty()).map(str::to_owned)
}

/// The pieces of an address behind its host, without what only interfaces for programs have.
fn path_of(url: &str) -> Option<impl Iterator<Item = &str>> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let path = path.strip_prefix("api/v3/").unwrap_or(path);
    Some(path.strip_prefix("repos/").unwrap_or(path).split('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_repositories_and_changes() {
        let check = |url: &str, repository: Option<&str>, change: Option<&str>| {
            assert_eq!((repository_in(url).as_deref(), github_change(url).as_deref()), (repository, change), "{url}");
        };
        check("https://github.com/Acme/pay/pull/2214", Some("Acme/pay"), Some("github:acme/pay#2214"));
        check("https://api.github.com/repos/acme/pay/pulls/7", Some("acme/pay"), Some("github:acme/pay#7"));
        check("https://git.example.com/api/v3/repos/acme/pay/deployments/81", Some("acme/pay"), None);
        check("https://github.com/acme/pay/pull/", Some("acme/pay"), None);
        check("https://github.com/acme", None, None);
        check("git@github.com:acme/pay", None, None);
        assert_eq!(
            gitlab_project("https://gitlab.example.com/core/sub/auth/-/jobs/7").as_deref(),
            Some("core/sub/auth")
        );
        let merge_request = "https://gitlab.example.com/Core/auth/-/merge_requests/418#note_1";
        assert_eq!(gitlab_change(merge_request).as_deref(), Some("gitlab:core/auth!418"));
        for url in ["https://github.com/acme/pay.git", "git@github.com:acme/pay.git", "ssh://git@h.example/acme/pay"] {
            assert_eq!(repository_cloned(url).as_deref(), Some("acme/pay"), "{url}");
        }
        assert_eq!(repository_cloned("charts.example.com"), None);
        assert_eq!(
            number_after("https://api.github.com/repos/a/b/deployments/81", "deployments").as_deref(),
            Some("81")
        );
    }
}
