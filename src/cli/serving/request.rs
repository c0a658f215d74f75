//! A request, as far as it is looked at.

use std::io::{self, Read};

use super::response::Response;

/// Most bytes before the body.
const MOST_HEAD: usize = 16 * 1024;
/// Most bytes of a body.
const MOST_BODY: usize = 256 * 1024;
/// Most headers.
const MOST_HEADERS: usize = 64;

/// A request.
#[derive(Debug)]
pub(in crate::cli) struct Request {
    /// Whether something is asked, else the page is wanted.
    pub(in crate::cli) is_post: bool,
    pub(super) path: String,
    pub(super) host: String,
    pub(super) origin: Option<String>,
    /// Whether the browser says that a page of another site made it.
    pub(super) is_from_elsewhere: bool,
    /// What is asked.
    pub(in crate::cli) body: String,
}

/// What stands before a body.
struct Head {
    request: Request,
    /// Where the body begins.
    length: usize,
    of_body: usize,
}

impl Request {
    /// Reads a request, or gives what to answer to one that is none.
    pub(super) fn read(mut stream: impl Read) -> io::Result<Result<Self, Response>> {
        let mut bytes = Vec::new();
        let head = loop {
            if !more(&mut stream, &mut bytes)? {
                return Ok(Err(Response::text(400, "the request breaks off")));
            }
            match head(&bytes) {
                Ok(Some(head)) => break head,
                Ok(None) if bytes.len() < MOST_HEAD => {}
                Ok(None) => return Ok(Err(Response::text(431, "the request is too long"))),
                Err(refused) => return Ok(Err(refused)),
            }
        };
        while bytes.len() < head.length + head.of_body {
            if !more(&mut stream, &mut bytes)? {
                return Ok(Err(Response::text(400, "the request breaks off")));
            }
        }
        let body = String::from_utf8(bytes[head.length..head.length + head.of_body].to_vec());
        let body = body.map_err(|_| Response::text(400, "the request is no text"));
        Ok(body.map(|body| Self { body, ..head.request }))
    }

    /// Whether it is for something that there is behind the address: the page, or what is asked.
    pub(super) fn place(&self, path: &str) -> bool {
        path == if self.is_post { "/ask" } else { "/" }
    }
}

/// Reads what has come; false at the end.
fn more(stream: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut part = [0; 4096];
    let read = stream.read(&mut part)?;
    bytes.extend_from_slice(&part[..read]);
    Ok(read > 0)
}

/// What stands before the body, once all of it has come.
fn head(bytes: &[u8]) -> Result<Option<Head>, Response> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let status = parsed.parse(bytes).map_err(|error| Response::text(400, &error.to_string()))?;
    let httparse::Status::Complete(length) = status else { return Ok(None) };
    let is_post = match parsed.method {
        Some("GET") => false,
        Some("POST") => true,
        _ => return Err(Response::text(405, "GET and POST are answered")),
    };
    let header = |name: &str| {
        let header = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(header.value).ok().map(str::to_owned)
    };
    if header("transfer-encoding").is_some() {
        return Err(Response::text(411, "the length of the request is wanted"));
    }
    let of_body = header("content-length").map_or(Ok(0), |length| length.trim().parse::<usize>());
    let of_body = of_body.ok().filter(|length| *length <= MOST_BODY);
    let request = Request {
        is_post,
        path: parsed.path.unwrap_or_default().to_owned(),
        host: header("host").unwrap_or_default(),
        origin: header("origin"),
        is_from_elsewhere: header("sec-fetch-site")
            .is_some_and(|site| !matches!(site.as_str(), "same-origin" | "none")),
        body: String::new(),
    };
    let of_body = of_body.ok_or_else(|| Response::text(413, "the request is too long"))?;
    Ok(Some(Head { request, length, of_body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Request, u16> {
        Request::read(text.as_bytes()).unwrap().map_err(|refused| refused.status())
    }

    #[test]
    fn a_request_is_read_with_its_body() {
        let post = "POST /t/ask HTTP/1.1\r\nHost: 127.0.0.1:1\r\nOrigin: http://a\r\nContent-Length: 4\r\n\r\nstopmore";
        let request = read(post).unwrap();
        assert!(request.is_post && request.body == "stop" && request.host == "127.0.0.1:1");
        assert_eq!((request.origin.as_deref(), request.place("/ask")), (Some("http://a"), true));
        let page = read("GET /t/ HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: cross-site\r\n\r\n").unwrap();
        assert!(!page.is_post && page.is_from_elsewhere && page.place("/") && !page.place("/ask"));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(MOST_HEAD));
        for (text, status) in [
            ("", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n", 400),
            ("\0\0\0\r\n\r\n", 400),
            ("PUT / HTTP/1.1\r\n\r\n", 405),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nshort", 400),
            (&long, 431),
        ] {
            assert_eq!(read(text).unwrap_err(), status, "{text:.60}");
        }
    }
}
