//! Who gets an answer.

use std::fmt::Write as _;
use std::io;

use super::request::Request;
use super::response::Response;

/// Bytes of the word that only the browser knows that was opened.
const BYTES: usize = 16;

/// Lets in who knows the address and comes from it.
pub(super) struct Guard {
    port: u16,
    token: String,
}

impl Guard {
    pub(super) fn new(port: u16) -> io::Result<Self> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
        let token = bytes.iter().fold(String::new(), |mut token, byte| {
            let _ = write!(token, "{byte:02x}");
            token
        });
        Ok(Self { port, token })
    }

    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// Lets a request in, or says why not. What comes by another name or from another origin is refused before its path is
    /// looked at.
    pub(super) fn admit(&self, request: &Request) -> Result<(), Response> {
        let own = format!("127.0.0.1:{}", self.port);
        if request.host != own {
            return Err(Response::text(421, "this server has another name"));
        }
        let is_own = |origin: &str| origin.strip_prefix("http://") == Some(&own);
        if request.origin.as_deref().is_some_and(|origin| !is_own(origin)) || request.is_from_elsewhere {
            return Err(Response::text(403, "a page of another origin asks"));
        }
        match request.path.strip_prefix('/').and_then(|path| path.strip_prefix(self.token.as_str())) {
            Some(path) if request.place(path) => Ok(()),
            _ => Err(Response::text(404, "there is nothing here")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(guard: &Guard, change: impl FnOnce(&mut Request)) -> Request {
        let path = guard.address().split_once("1:").and_then(|(_, rest)| rest.split_once('/')).unwrap().1.to_owned();
        let mut request = Request {
            is_post: false,
            path: format!("/{path}"),
            host: "127.0.0.1:4000".to_owned(),
            origin: None,
            is_from_elsewhere: false,
            body: String::new(),
        };
        change(&mut request);
        request
    }

    #[test]
    fn only_who_knows_the_address_and_comes_from_it_is_let_in() {
        let guard = Guard::new(4000).unwrap();
        let admit = |change: &dyn Fn(&mut Request)| {
            guard.admit(&request(&guard, change)).map_or_else(|refused| refused.status(), |()| 200)
        };
        assert_eq!(admit(&|_| ()), 200);
        assert_eq!(admit(&|request| request.origin = Some("http://127.0.0.1:4000".to_owned())), 200);
        for host in ["evil.example:4000", "localhost:4000", "127.0.0.1", "127.0.0.1:4001", ""] {
            assert_eq!(admit(&|request| host.clone_into(&mut request.host)), 421, "{host}");
        }
        for origin in ["https://evil.example", "null", "http://127.0.0.1:4001", "https://127.0.0.1:4000"] {
            assert_eq!(admit(&|request| request.origin = Some(origin.to_owned())), 403, "{origin}");
        }
        assert_eq!(admit(&|request| request.is_from_elsewhere = true), 403);
        for path in ["/", "/../../etc/passwd", "/0123456789abcdef0123456789abcdef/", "//"] {
            assert_eq!(admit(&|request| path.clone_into(&mut request.path)), 404, "{path}");
        }
        assert_eq!(admit(&|request| request.path.push_str("../")), 404);
        assert_ne!(guard.address(), Guard::new(4000).unwrap().address());
    }
}
