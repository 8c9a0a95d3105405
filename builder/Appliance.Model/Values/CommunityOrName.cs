using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A community as two or three numbers, or the name of one of the network's communities.</summary>
public readonly record struct CommunityOrName : IParsedValue<CommunityOrName>
{
    private CommunityOrName(Community? value, EntryName? name) => (Value, Name) = (value, name);

    public static FindingKind Malformed => FindingCatalogue.NotACommunity;

    /// <summary>The community itself; null for a name.</summary>
    public Community? Value { get; }

    public EntryName? Name { get; }

    public static bool TryParse(string text, out CommunityOrName value, out string reason)
    {
        value = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            var isCommunity = Community.TryParse(text, out var community, out reason);
            value = isCommunity ? new CommunityOrName(community, null) : default;
            return isCommunity;
        }

        if (EntryName.TryParse(text, out var name, out reason))
        {
            value = new CommunityOrName(null, name);
            return true;
        }

        reason = "is neither a community (64497:9501) nor the name of one";
        return false;
    }

    public override string ToString() => Value?.ToString() ?? Name?.Text ?? "";
}
