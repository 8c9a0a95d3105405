using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>An IP address or a host name, in canonical text.</summary>
public readonly record struct HostOrAddress : IParsedValue<HostOrAddress>
{
    private HostOrAddress(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotAHostName;

    public string Text { get; }

    public bool IsAddress => IpAddress.TryParse(Text, out _, out _);

    public static bool TryParse(string text, out HostOrAddress value, out string reason)
    {
        if (IpAddress.TryParse(text, out var address, out _))
        {
            value = new HostOrAddress(address.ToString());
            reason = "";
            return true;
        }

        var isName = HostName.TryParse(text, out var name, out reason);
        value = isName ? new HostOrAddress(name.Text) : default;
        return isName;
    }

    public override string ToString() => Text;
}
