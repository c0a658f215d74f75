//! A response.

use std::io::{self, Write};

/// A response.
#[derive(Debug)]
pub(in crate::cli) struct Response {
    status: u16,
    kind: &'static str,
    body: String,
}

impl Response {
    /// A page.
    pub(in crate::cli) const fn html(body: String) -> Self {
        Self { status: 200, kind: "text/html", body }
    }

    /// What was asked for.
    pub(in crate::cli) const fn json(body: String) -> Self {
        Self { status: 200, kind: "application/json", body }
    }

    /// A text.
    pub(in crate::cli) fn text(status: u16, body: &str) -> Self {
        Self { status, kind: "text/plain", body: body.to_owned() }
    }

    #[cfg(test)]
    pub(super) const fn status(&self) -> u16 {
        self.status
    }

    pub(super) fn write(&self, mut stream: impl Write) -> io::Result<()> {
        let Self { status, kind, body } = self;
        let reason = if *status == 200 { "OK" } else { "Refused" };
        write!(
            stream,
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n",
            body.len()
        )?;
        stream.write_all(body.as_bytes())?;
        stream.flush()
    }
}
