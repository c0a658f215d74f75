//! Reading a file that may be anything: at most so many bytes, whatever it says of itself.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The bytes of a file, at most so many. Only an ordinary file is read: a pipe may have no end and nobody who writes, a
/// device may have no end.
///
/// # Errors
/// The file cannot be read, is no ordinary file, or has more bytes ([`io::ErrorKind::FileTooLarge`]).
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    if length <= most {
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    if length > most || bytes.len() as u64 > most {
        let what = format!("it has more than {} MB", most >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    Ok(bytes)
}

/// Opens an ordinary file: opening a pipe may wait for ever.
///
/// # Errors
/// The file cannot be opened, or is no ordinary file.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let about = std::fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if !about.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a pipe or a device, not an ordinary file"));
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_longer_or_no_file_is_refused() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a");
        std::fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read(&path, 3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert!(read(place.path(), 9).unwrap_err().to_string().contains("folder"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_without_end_is_refused() {
        assert!(read(Path::new("/dev/zero"), 9).unwrap_err().to_string().contains("device"));
    }
}
