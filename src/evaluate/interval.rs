//! How far could a figure have come out otherwise, had other documents been drawn?
//!
//! ```text
//! F1 43.5   90 %: 29–58      of 300 draws of as many documents, with replacement, nine in ten lie between
//! ```
//!
//! The draws are those of the reference scorer, so that two people who score the same files read the same interval:
//! the generator is MT19937, seeded with 1 and asked for whole numbers as Python's `random.Random(1).randrange(n)` asks
//! (Matsumoto and Nishimura, "Mersenne Twister", 1998; `init_by_array` of 2002).

use super::Score;

const N: usize = 624;
const M: usize = 397;

/// MT19937.
struct Twister {
    state: [u32; N],
    next: usize,
}

impl Twister {
    fn seeded(seed: u32) -> Self {
        let mut state = [0_u32; N];
        state[0] = 19_650_218;
        for i in 1..N {
            let before = state[i - 1];
            state[i] = 1_812_433_253_u32.wrapping_mul(before ^ (before >> 30)).wrapping_add(i as u32);
        }
        let mut i = 1;
        // The key is the one word `seed`, so that its index is always 0.
        for _ in 0..N {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ (before >> 30)).wrapping_mul(1_664_525)).wrapping_add(seed);
            i += 1;
            if i >= N {
                state[0] = state[N - 1];
                i = 1;
            }
        }
        for _ in 1..N {
            let before = state[i - 1];
            state[i] = (state[i] ^ (before ^ (before >> 30)).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                state[0] = state[N - 1];
                i = 1;
            }
        }
        state[0] = 0x8000_0000;
        Twister { state, next: N }
    }

    fn word(&mut self) -> u32 {
        if self.next >= N {
            for i in 0..N {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
            }
            self.next = 0;
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A whole number below `n`, which is not 0: as many bits as `n` has, again until they are below.
    fn below(&mut self, n: u32) -> u32 {
        let bits = 32 - n.leading_zeros();
        loop {
            let drawn = self.word() >> (32 - bits);
            if drawn < n {
                return drawn;
            }
        }
    }
}

/// The fifth and the ninety-fifth of a hundred, of F1 over draws of documents; `None` without documents.
pub(crate) fn interval(documents: &[Score]) -> Option<(f64, f64)> {
    const DRAWS: usize = 300;
    let n = u32::try_from(documents.len()).ok().filter(|n| *n > 0)?;
    let mut twister = Twister::seeded(1);
    let mut figures: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let mut sum = Score::default();
            for _ in documents {
                sum += documents.get(twister.below(n) as usize).copied().unwrap_or_default();
            }
            sum.f1()
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    Some((figures[DRAWS / 20], figures[DRAWS - DRAWS / 20 - 1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_that_python_draws() {
        // random.Random(1): [randrange(28) for _ in range(10)]
        let mut twister = Twister::seeded(1);
        let drawn: Vec<u32> = (0..10).map(|_| twister.below(28)).collect();
        assert_eq!(drawn, DRAWN);
    }

    const DRAWN: [u32; 10] = [4, 18, 27, 25, 24, 2, 8, 3, 15, 24];

    #[test]
    fn one_document_leaves_nothing_open() {
        let one = Score { right: 1, predicted: 2, gold: 3 };
        assert_eq!(interval(&[one]), Some((one.f1(), one.f1())));
        assert_eq!(interval(&[]), None);
    }
}
