//! What people state about one change: refused where it is their own, kept beside the files, taken back.

use crate::{accessibility, home::Home, pictures, window::Window};

async fn state(window: &Window, kind: &str, by: &str, reason: &str) {
    window.find("attest-kind").await;
    window
        .script(&format!(
            "const list = document.querySelector('[data-testid=attest-kind]'); list.value = '{kind}';
             list.dispatchEvent(new Event('change', {{ bubbles: true }}))"
        ))
        .await;
    because(window, by, reason).await;
}

async fn because(window: &Window, by: &str, reason: &str) {
    for (field, words) in [("statement-by", by), ("statement-reason", reason)] {
        window.find(field).await.clear().await.unwrap();
        window.find(field).await.send_keys(words).await.unwrap();
    }
    window.click("statement-keep").await;
}

#[tokio::test]
async fn what_is_attested_of_a_change_stands_beside_the_files_until_it_is_taken_back() {
    let home = Home::new();
    let window = Window::open_sample(&home).await;
    window.resize(1280, 800).await;
    window.go("#/browse?missing=justification&emergencies=yes").await;
    let link = "return document.querySelector('[data-testid=browse-row] a')?.getAttribute('href') ?? null";
    let address = window.until("an emergency without a justification", link).await;
    window.go(address.as_str().unwrap()).await;
    window.see("change-why", "The policy ").await;
    let author = "return /by (.+)/.exec(document.querySelector('main header').innerText)[1]";
    let author = window.script(author).await;

    window.click("attest").await;
    state(&window, "review", author.as_str().unwrap(), "I looked at it again.").await;
    window.see("statement", "nobody reviews what is their own").await;
    pictures::take(&window, "attest-refused").await;
    accessibility::check(&window, "attest-refused").await;
    state(&window, "justification", "Ilse Berg", "Customers could not pay.").await;
    window.see("attest-outcome", "Attested.").await;
    window.see("attestation", "Customers could not pay.").await;
    window.see("verdict-without", "ustif").await;
    let stated = "return document.querySelector('li.stated')?.innerText.includes('Customers could not pay.')";
    window.until("the attestation in the timeline", stated).await;
    for (width, height, size) in [(1280, 800, "large"), (900, 600, "small")] {
        window.resize(width, height).await;
        window.script("document.querySelector('[data-testid=attestations]').scrollIntoView()").await;
        pictures::take_in_both_themes(&window, &format!("attested-{size}")).await;
        window.script("document.querySelector('[data-testid=change-controls]').scrollIntoView()").await;
        pictures::take_in_both_themes(&window, &format!("controls-{size}")).await;
        window.script("document.querySelector('li.stated').scrollIntoView({ block: 'center' })").await;
        pictures::take_in_both_themes(&window, &format!("attested-timeline-{size}")).await;
    }

    window.script("document.querySelector('button[aria-label^=\"Take back\"]').click()").await;
    window.find("statement-reason").await;
    because(&window, "Ilse Berg", "It was said of another change.").await;
    let both = "return document.querySelectorAll('[data-testid=attestation]').length === 2";
    window.until("both statements", both).await;
    let settled = "return document.querySelector('[data-testid=verdict-without]') === null";
    window.until("the verdicts of the files alone", settled).await;
    window.close().await;
}
