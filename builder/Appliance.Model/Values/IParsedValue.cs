using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A value that is written as one piece of text in a network or profile file.</summary>
public interface IParsedValue<TSelf>
    where TSelf : IParsedValue<TSelf>
{
    /// <summary>The finding that a text of the wrong form produces.</summary>
    static abstract FindingKind Malformed { get; }

    /// <summary>
    /// Reads <paramref name="text"/>. On failure <paramref name="reason"/> goes on after the quoted text:
    /// <c>"300.1.1.1" is not an IPv4 address: …</c>. It never repeats the text, which may be a secret.
    /// </summary>
    static abstract bool TryParse(string text, out TSelf value, out string reason);
}
