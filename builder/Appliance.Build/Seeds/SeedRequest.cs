using Appliance.Rendering.Documents;

namespace Appliance.Build.Seeds;

/// <summary>What a seed says to the machine it is attached to.</summary>
public sealed record SeedRequest
{
    public required SiteDocument Document { get; init; }

    /// <summary>Secrets by the names that the document uses.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Another one makes the machine personalise again, with host keys of its own. The site's name when null.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Hash of root's password as in master.passwd(5), for the console alone.</summary>
    public string? ConsolePassword { get; init; }

    /// <summary>What <c>ssh-keygen -Y sign -n appliance-site</c> wrote about the document.</summary>
    public string? Signature { get; init; }

    /// <summary>Names of secrets that the document uses and that are not there.</summary>
    public IReadOnlyList<string> MissingSecrets =>
        [.. DocumentSecrets.Names(Document).Where(name => !Secrets.ContainsKey(name))];
}
