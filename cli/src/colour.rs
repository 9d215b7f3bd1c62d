//! Is what we write coloured?
//!
//! ```text
//! --color always|never ─► as said
//! --color auto ─► NO_COLOR? no ─► CLICOLOR_FORCE? yes ─► CLICOLOR=0 or TERM=dumb? no ─► as it is a terminal
//! ```

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::ValueEnum;

/// The values of `--color`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set; CLICOLOR_FORCE wants it without a terminal too
    Auto,
    /// Also into files and pipes
    Always,
    /// Plain text
    Never,
}

impl Colour {
    /// Whether standard output is to be coloured.
    pub(crate) fn of_stdout(self) -> bool {
        self.decided(|name| env::var_os(name), io::stdout().is_terminal())
    }

    fn decided(self, variable: impl Fn(&str) -> Option<OsString>, terminal: bool) -> bool {
        // An empty variable counts as none: https://no-color.org, https://bixense.com/clicolors.
        let set = |name| variable(name).filter(|value| !value.is_empty());
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto if set("NO_COLOR").is_some() => false,
            Colour::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            Colour::Auto if set("CLICOLOR").is_some_and(|value| value == "0") => false,
            Colour::Auto if set("TERM").is_some_and(|value| value == "dumb") => false,
            Colour::Auto => terminal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_asked_first() {
        let auto = |variables: &[(&str, &str)], terminal| {
            let variable =
                |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value));
            Colour::Auto.decided(variable, terminal)
        };
        assert!(auto(&[], true) && !auto(&[], false));
        assert!(!auto(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true));
        assert!(auto(&[("NO_COLOR", "")], true), "an empty NO_COLOR is none");
        assert!(auto(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], false));
        assert!(!auto(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!auto(&[("CLICOLOR", "0")], true) && !auto(&[("TERM", "dumb")], true));
        assert!(Colour::Always.decided(|_| Some("1".into()), false));
        assert!(!Colour::Never.decided(|_| Some("1".into()), true));
    }
}
