namespace Appliance.Cli.Verbs;

/// <summary>Whether a verb may work on the example of a checkout where no network file is named.</summary>
public enum ExampleUse
{
    /// <summary>What it writes goes onto machines or is signed: the network must be named.</summary>
    Refused,

    /// <summary>It shows or tries something: the example is used, and this is said on standard error.</summary>
    SaidAloud,
}
