//! Does a confidence of 0.9 mean that nine in ten are right?
//!
//! ```text
//! confidence     names   right   precision
//! 0.95–1.00        812     783        96.4
//! 0.90–0.95        120     109        90.8
//! ```

use std::fmt;

use super::names::Sure;
use super::percent;

/// How often names of each band of confidence are right. Its `Display` is a table.
#[derive(Clone, Debug, Default)]
pub struct Bands {
    /// Lower edge in hundredths, names, right ones, and the sum of their confidences; the surest band first.
    pub bands: Vec<Band>,
}

/// Names whose confidence lies between an edge and the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The lower edge, in hundredths.
    pub from: u32,
    /// The upper edge, in hundredths: outside, but for 100.
    pub to: u32,
    /// How many names.
    pub names: usize,
    /// How many of them are right.
    pub right: usize,
    /// Their mean confidence.
    pub mean: f64,
}

/// The edges, in hundredths: narrow where precision matters most.
const EDGES: [u32; 9] = [100, 95, 90, 80, 70, 60, 50, 30, 0];

/// Sorts names by their confidence; each with whether it is right, as [`Names::sure`](super::Names::sure) has them.
pub fn bands(sure: &[Sure]) -> Bands {
    let mut out = Bands::default();
    for edges in EDGES.windows(2) {
        let (to, from) = (edges[0], edges[1]);
        let within = |c: f32| {
            // Confidences have two digits; so does an edge.
            let hundredths = (c * 100.0).round() as u32;
            hundredths >= from && (hundredths < to || to == 100)
        };
        let here: Vec<&Sure> = sure.iter().filter(|s| within(s.confidence)).collect();
        if !here.is_empty() {
            let right = here.iter().filter(|s| s.right).count();
            let mean = here.iter().map(|s| f64::from(s.confidence)).sum::<f64>() / here.len() as f64;
            out.bands.push(Band { from, to, names: here.len(), right, mean });
        }
    }
    out
}

impl fmt::Display for Bands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "confidence     mean    names    right   precision")?;
        for b in &self.bands {
            let (from, to) = (f64::from(b.from) / 100.0, f64::from(b.to) / 100.0);
            let precision = percent(b.right, b.names);
            writeln!(f, "{from:.2}–{to:.2}     {:.2}  {:7}  {:7}       {precision:5.1}", b.mean, b.names, b.right)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_the_upper_band() {
        let sure = [(1.0, true), (0.95, true), (0.949, false), (0.9, true), (0.1, false)];
        let sure =
            sure.map(|(confidence, right)| Sure { confidence, right, source: String::new(), label: String::new() });
        let bands = bands(&sure);
        let counted: Vec<_> = bands.bands.iter().map(|b| (b.from, b.names, b.right)).collect();
        assert_eq!(counted, [(95, 3, 2), (90, 1, 1), (0, 1, 0)]);
    }
}
