namespace Appliance.Rendering;

/// <summary>
/// Secrets by the name under which a document refers to them. Their values only ever reach files that
/// others cannot read, and never a message.
/// </summary>
/// <param name="values">Name of a secret to its value.</param>
public sealed class Secrets(IReadOnlyDictionary<string, string> values)
{
    /// <summary>No secret is known: what needs one is rendered switched off.</summary>
    public static Secrets None { get; } = new(new Dictionary<string, string>());

    /// <summary>The value of a secret, or null when it has not arrived.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>Names the type only.</summary>
    public override string ToString() => nameof(Secrets);
}
