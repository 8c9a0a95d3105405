namespace Appliance.Rendering.Documents;

/// <summary>Who may log in, and from where.</summary>
public sealed record AdminDocument
{
    /// <summary>Lines of root's authorized_keys.</summary>
    public IReadOnlyList<string> SshKeys
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>
    /// Public keys (ed25519: type and base64) whose holder signs documents; none means that any document is taken.
    /// </summary>
    public IReadOnlyList<string>? SigningKeys { get; init; }

    /// <summary>Source prefixes that pf lets reach the ssh port; nobody when empty.</summary>
    public IReadOnlyList<string> SshFrom
    {
        get;
        init => field = value ?? [];
    } = [];
}
