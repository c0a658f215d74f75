//! Stand-in until the real module is merged.
#![allow(missing_docs, clippy::missing_errors_doc)]
type Checked = Result<Distribution, DistributionError>;
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution(pub Vec<f64>, pub &'static str);
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("bad parameters")]
pub struct DistributionError;
impl Distribution {
    pub fn constant(v: f64) -> Checked { Ok(Self(vec![v], "constant")) }
    pub fn uniform(a: f64, b: f64) -> Checked { Ok(Self(vec![a, b], "uniform")) }
    pub fn triangular(a: f64, b: f64, c: f64) -> Checked { Ok(Self(vec![a, b, c], "triangular")) }
    pub fn pert(a: f64, b: f64, c: f64) -> Checked { Ok(Self(vec![a, b, c], "pert")) }
    pub fn exponential(a: f64) -> Checked { if a > 0.0 { Ok(Self(vec![a], "exponential")) } else { Err(DistributionError) } }
    pub fn erlang(a: f64, k: u32) -> Checked { Ok(Self(vec![a, f64::from(k)], "erlang")) }
    pub fn gamma(a: f64, b: f64) -> Checked { Ok(Self(vec![a, b], "gamma")) }
    pub fn weibull(a: f64, b: f64) -> Checked { Ok(Self(vec![a, b], "weibull")) }
    pub fn lognormal(a: f64, b: f64) -> Checked { if a > 0.0 && b >= 0.0 { Ok(Self(vec![a, b], "lognormal")) } else { Err(DistributionError) } }
    pub fn empirical(a: &[f64], _w: &[f64]) -> Checked { Ok(Self(a.to_vec(), "empirical")) }
    pub fn mean(&self) -> f64 { self.0[0] }
    #[must_use]
    pub fn scaled(&self, f: f64) -> Self { Self(self.0.iter().map(|x| x * f).collect(), self.1) }
}
