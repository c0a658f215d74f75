//! A page served to one browser of this machine: what `midcor serve` listens with.
//!
//! It answers one address, which nobody can guess, at 127.0.0.1 alone, and looks at no file. A page of another origin gets no
//! answer, nor does one that reaches the port by another name (DNS rebinding). It is not meant for a network.

mod guard;
mod request;
mod response;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::experiment::Cancel;

use guard::Guard;
pub(super) use request::Request;
pub(super) use response::Response;

/// How long a connection may say nothing.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether to stop.
const PULSE: Duration = Duration::from_millis(50);
/// Most connections at a time; a browser opens six.
const MOST: usize = 32;

/// A server that listens.
pub(super) struct Server {
    listener: TcpListener,
    guard: Guard,
    open: AtomicUsize,
}

impl Server {
    /// Listens on a port of this machine; 0: one that is free.
    pub(super) fn listen(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        listener.set_nonblocking(true)?;
        let guard = Guard::new(listener.local_addr()?.port())?;
        Ok(Self { listener, guard, open: AtomicUsize::new(0) })
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        self.guard.address()
    }

    /// Answers until it is asked to stop; requests that are being answered then are answered.
    pub(super) fn serve(&self, answer: &(dyn Fn(&Request) -> Response + Sync), cancel: &Cancel) -> io::Result<()> {
        std::thread::scope(|scope| {
            while !cancel.is_requested() {
                match self.listener.accept() {
                    Ok((stream, _)) if self.open.load(Ordering::Relaxed) < MOST => {
                        self.open.fetch_add(1, Ordering::Relaxed);
                        scope.spawn(move || {
                            // A connection that breaks off is the browser's affair.
                            let _ = self.converse(&stream, answer);
                            self.open.fetch_sub(1, Ordering::Relaxed);
                        });
                    }
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(PULSE),
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })
    }

    /// One request and its response.
    fn converse(&self, stream: &TcpStream, answer: &(dyn Fn(&Request) -> Response + Sync)) -> io::Result<()> {
        stream.set_nonblocking(false)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let response = match Request::read(stream)? {
            Ok(request) => self.guard.admit(&request).map_or_else(|refused| refused, |()| answer(&request)),
            Err(refused) => refused,
        };
        response.write(stream)
    }
}
