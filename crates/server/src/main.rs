//! The one binary of Mailkeep.

mod acme;
mod commands;
mod config;
mod egress;
mod logging;
mod node;
mod operator;
mod parts;
mod residency;
mod self_check;
mod status_copy;
mod steered;
mod tls;
mod wiring;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

/// Everything that a provider of hosted mail runs: the site, the Customer Center, mail, and the policy that all obey.
#[derive(Parser)]
#[command(
    name = "mailkeep",
    version,
    after_help = "Examples:\n  mailkeep init --hostname mail.example.com     write a first configuration and make the databases\n  \
                  mailkeep serve                                run everything\n  \
                  mailkeep config check                         say what is wrong with the configuration\n  \
                  mailkeep staff add rosalind --role operator    add the first member of staff\n\n\
                  Exit codes: 0 done, 1 failed, 2 wrong use of the command line, 3 a check found something."
)]
struct CommandLine {
    /// The configuration file.
    #[arg(long, global = true, env = "MAILKEEP_CONFIG", default_value = "/etc/mailkeep/mailkeep.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the program: every listener of the configuration, the jobs and the outgoing queue.
    Serve,
    /// Write a first configuration, make the folders, keys and databases. Changes nothing that exists.
    Init(commands::init::Init),
    /// Bring the databases' tables up to date.
    Migrate,
    /// Move the databases to PostgreSQL (or back to files of SQLite): copies every row into empty tables.
    MigrateTo(commands::migrate_to::MigrateTo),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Staff: separate identities that are never customers.
    #[command(subcommand)]
    Staff(commands::staff::Staff),
    /// Sites that people sign in to with their Registration ID: add, list, secret, close, open.
    #[command(subcommand)]
    Site(commands::site::SiteCommand),
    /// The policy that is published and enforced: lint, render, check, diff, explain.
    #[command(subcommand)]
    Policy(commands::policy::PolicyCommand),
    /// The record of who used whose data: verify, prove.
    #[command(subcommand)]
    Ledger(commands::ledger::LedgerCommand),
    /// What is held about somebody: report, export, erase.
    #[command(subcommand)]
    Subject(commands::subject::SubjectCommand),
    /// End what is past its term.
    #[command(subcommand)]
    Retention(commands::retention::RetentionCommand),
    /// The screening of first orders: replay, backtest, lists.
    #[command(subcommand)]
    Screening(commands::screening::ScreeningCommand),
    /// What people chose to hear of: lists for letters and calls, imports.
    #[command(subcommand)]
    Outreach(commands::outreach::OutreachCommand),
    /// Contests: do a draw again.
    #[command(subcommand)]
    Contest(commands::contest::ContestCommand),
    /// The register of what is handed to others: record, agree, report.
    #[command(subcommand)]
    Disclosure(commands::disclosure::DisclosureCommand),
    /// The outbound guard: whom staff trust with sending, and who is stopped.
    #[command(subcommand)]
    Guard(commands::guard::GuardCommand),
    /// Cases that staff opened with a reason: list, confirm.
    #[command(subcommand)]
    BreakGlass(commands::break_glass::BreakGlassCommand),
    /// Where everything stands that is stored.
    #[command(subcommand)]
    Residency(commands::residency::ResidencyCommand),
    /// The root key and the keys under it: status, rotate, back up, prune.
    #[command(subcommand)]
    Keys(commands::keys::KeysCommand),
    /// Look whether everything that is stored fits together.
    Doctor(commands::doctor::Doctor),
    /// Write a consistent copy of database and bodies while the program runs. The keys are copied apart: `keys backup`.
    Backup(Folder),
    /// Put a backup in place of an empty installation, with the root key in its place.
    Restore(commands::restore::Restore),
    /// Print the version.
    Version,
    /// Print completions for a shell, e.g. `mailkeep completions bash > /etc/bash_completion.d/mailkeep`.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Read the file and the environment and say what is wrong, each fault with its line.
    Check,
    /// Print the reference of all keys as Markdown.
    Reference,
}

/// Gives memory back to the system. The allocator of the C library keeps for itself what a password check took (19 MiB of
/// each thread that did one), and takes longer for the many small pieces of lists; see bench/RESULTS.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Args)]
struct Folder {
    /// The folder of the backup.
    folder: PathBuf,
}

fn main() -> ExitCode {
    let line = CommandLine::parse();
    if !matches!(line.command, Command::Serve) {
        end_when_nobody_reads();
    }
    let outcome = match line.command {
        Command::Version => {
            println!("mailkeep {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut CommandLine::command(), "mailkeep", &mut std::io::stdout());
            Ok(())
        }
        Command::Config(ConfigCommand::Reference) => {
            print!("{}", config::render_reference());
            Ok(())
        }
        Command::Contest(command) => {
            return match commands::contest::run(command) {
                Ok(true) => ExitCode::SUCCESS,
                Ok(false) => ExitCode::from(3),
                Err(error) => failed(&error),
            };
        }
        Command::Policy(command) => {
            return checked(|| async move { commands::policy::run(&line.config, command).await });
        }
        Command::Init(init) => run(|| commands::init::run(line.config.clone(), init)),
        other => match config::load(&line.config) {
            Err(error) => {
                eprintln!("mailkeep: {error}");
                return ExitCode::from(if matches!(other, Command::Config(_)) { 3 } else { 1 });
            }
            Ok(config) => match other {
                Command::Config(_) => {
                    println!("{}: good", line.config.display());
                    Ok(())
                }
                Command::Serve => run(|| commands::serve::run(config)),
                Command::Migrate => run(|| commands::migrate::run(config)),
                Command::MigrateTo(to) => run(|| commands::migrate_to::run(config, to)),
                Command::Guard(guard) => run(|| commands::guard::run(config, guard)),
                Command::Staff(staff) => run(|| commands::staff::run(config, staff)),
                Command::Site(command) => run(|| commands::site::run(config, command)),
                Command::Doctor(doctor) => return checked(|| commands::doctor::run(config, doctor)),
                Command::Residency(command) => return checked(|| commands::residency::run(config, command)),
                Command::Subject(command) => run(|| commands::subject::run(config, command)),
                Command::Retention(command) => run(|| commands::retention::run(config, command)),
                Command::Screening(command) => return checked(|| commands::screening::run(config, command)),
                Command::Outreach(command) => run(|| commands::outreach::run(config, command)),
                Command::Disclosure(command) => run(|| commands::disclosure::run(config, command)),
                Command::BreakGlass(command) => {
                    return checked(|| commands::break_glass::run(config, command));
                }
                Command::Ledger(command) => return checked(|| commands::ledger::run(config, command)),
                Command::Backup(Folder { folder }) => run(|| commands::backup::run(config, folder)),
                Command::Restore(asked) => run(|| commands::restore::run(config, asked)),
                Command::Keys(command) => return checked(|| commands::keys::run(config, command)),
                _ => unreachable!("handled above"),
            },
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Ends without a word when whoever reads what a command prints has enough, as `head` has; with the code that shells give a program which
/// was ended by `SIGPIPE`. Rust makes a panic of it.
fn end_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let words = panic.payload_as_str().unwrap_or_default();
        if words.starts_with("failed printing to stdout") && words.contains("Broken pipe") {
            std::process::exit(141);
        }
        usual(panic);
    }));
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("mailkeep: {error:#}");
    ExitCode::FAILURE
}

/// Runs a command that looks at something: code 3 when it found a fault.
fn checked<F: Future<Output = anyhow::Result<bool>>>(body: impl FnOnce() -> F) -> ExitCode {
    let mut sound = false;
    let outcome = run(|| async {
        sound = body().await?;
        Ok(())
    });
    match outcome {
        Ok(()) if sound => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(3),
        Err(error) => failed(&error),
    }
}

/// Runs a command on a runtime of its own.
fn run<F: Future<Output = anyhow::Result<()>>>(body: impl FnOnce() -> F) -> anyhow::Result<()> {
    // Rustls is used by several libraries; all take the same implementation of its ciphers.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(body())
}
