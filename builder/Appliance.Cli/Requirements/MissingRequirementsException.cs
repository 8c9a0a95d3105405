namespace Appliance.Cli.Requirements;

/// <summary>This computer lacks something; all of it is in the message, with the commands that bring it.</summary>
internal sealed class MissingRequirementsException(
    IReadOnlyList<Requirement> missing,
    string? inputs = null
)
    : Exception(
        string.Join(
            '\n',
            Requirement
                .Explain(missing)
                .Prepend("missing on this computer, and nothing was done:")
                .Concat(inputs is null ? [] : [inputs])
        )
    )
{
    public IReadOnlyList<Requirement> Missing => missing;
}
