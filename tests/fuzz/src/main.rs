//! Writes the seeds of every target, for libFuzzer to begin with: `change-ledger-fuzz FOLDER` makes `FOLDER/TARGET/NUMBER`.

use change_ledger_fuzz::TARGETS;
use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "name the folder that the seeds go to"));
    };
    for target in &TARGETS {
        let place = folder.join(target.name);
        fs::create_dir_all(&place)?;
        for (number, seed) in (target.seeds)().into_iter().enumerate() {
            fs::write(place.join(number.to_string()), seed)?;
        }
    }
    Ok(())
}
