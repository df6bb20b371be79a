//! Backtests of repositories that tests build.
