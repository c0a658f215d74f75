//! Distances on the globe.

/// Mean radius of the earth, in kilometres (International Union of Geodesy and Geophysics).
const RADIUS_KM: f64 = 6371.0088;

/// Kilometres of the shortest way between two positions, each latitude and longitude in degrees, on a sphere: within 0.6 % of that
/// on the earth.
pub fn great_circle_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat, lon) = ((other.0 - one.0).to_radians(), (other.1 - one.1).to_radians());
    let half = |angle: f64| libm::pow(libm::sin(angle / 2.0), 2.0);
    let cosines = libm::cos(one.0.to_radians()) * libm::cos(other.0.to_radians());
    let chord = half(lat) + cosines * half(lon);
    2.0 * RADIUS_KM * libm::asin(chord.clamp(0.0, 1.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A degree of latitude, a quarter of the equator, and two cities: London and Paris are 343 to 344 km apart.
    #[test]
    fn distances_are_those_of_the_globe() {
        assert!((great_circle_km((0.0, 0.0), (1.0, 0.0)) - 111.195).abs() < 0.001);
        assert!((great_circle_km((0.0, 0.0), (0.0, 90.0)) - 10_007.557).abs() < 0.01);
        assert!((great_circle_km((51.5074, -0.1278), (48.8566, 2.3522)) - 343.6).abs() < 0.5);
        assert!(great_circle_km((43.6, 51.2), (43.6, 51.2)) == 0.0);
        assert!((great_circle_km((0.0, 179.0), (0.0, -179.0)) - 222.39).abs() < 0.01);
    }
}
