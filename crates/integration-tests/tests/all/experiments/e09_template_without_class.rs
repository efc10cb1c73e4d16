//! Experiment 9: A template without a class, or an offer in the class that cannot be declined: refused when the policy is loaded.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};

use super::{narrowed, told};
use crate::on_both_engines;

on_both_engines!(a_template_without_its_class_is_refused);

async fn a_template_without_its_class_is_refused(setup: Setup) -> Result<()> {
    let mut installation = Installation::make(&setup, None).await?;
    installation.start().await?;
    installation.stop().await?;
    let cases: [(&str, &str, &str); 4] = [
        ("  \"commerce/invoice_issued\",\n", "", "commerce/invoice_issued belongs to no message class"),
        (
            "class = \"marketing\"\nwords = \"offers\"",
            "class = \"account\"\nwords = \"offers\"",
            "message class “account” stands here a second time",
        ),
        ("choice = \"none\"", "choice = \"opt_out\"", "exactly the account class is sent without a choice"),
        (
            "  \"commerce/invoice_issued\",\n",
            "  \"commerce/invoice_issued\",\n  \"outreach/an_offer_without_text\",\n",
            "outreach/an_offer_without_text",
        ),
    ];
    for (from, to, wanted) in cases {
        narrowed(&installation, from, to)?;
        let refused = installation.start().await.err().with_context(|| format!("{wanted}: it started"))?;
        let refused = format!("{refused:#}");
        anyhow::ensure!(refused.contains(wanted), "{wanted}: {refused}");
    }
    // The same file, as it is, starts.
    narrowed(&installation, "", "")?;
    installation.start().await?;
    installation.stop().await?;
    narrowed(&installation, "choice = \"none\"", "choice = \"opt_in\"")?;
    let lint = told(&installation, &["policy", "lint"]).await?;
    anyhow::ensure!(
        lint.contains("line ") && lint.contains("account"),
        "the lint names line and class: {lint}"
    );
    Ok(())
}
