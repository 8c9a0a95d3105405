namespace Appliance.Model.Values;

/// <summary>The text form "address/length" that prefixes and interface addresses share.</summary>
internal static class AddressWithLength
{
    public static bool TryParse(
        string text,
        out IpAddress address,
        out int length,
        out string reason
    )
    {
        address = default;
        length = 0;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            reason = "has no prefix length; write address/length, as in 198.51.100.10/24";
            return false;
        }

        if (!IpAddress.TryParse(text[..slash], out address, out reason))
        {
            return false;
        }

        if (!DecimalNumber.TryParse(text.AsSpan(slash + 1), (uint)address.Width, out var number))
        {
            reason = $"has no usable prefix length: it must be a number from 0 to {address.Width}";
            return false;
        }

        length = (int)number;
        return true;
    }
}
