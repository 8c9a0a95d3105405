using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A prefix in canonical form: no bit set beyond its length.</summary>
public readonly record struct IpPrefix : IParsedValue<IpPrefix>, IComparable<IpPrefix>
{
    /// <exception cref="ArgumentException">The length does not fit the family, or host bits are set.</exception>
    public IpPrefix(IpAddress address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, address.Width);
        if ((address.Bits & HostMask(address.Width, length)) != UInt128.Zero)
        {
            throw new ArgumentException($"{address}/{length} has host bits set", nameof(address));
        }

        Address = address;
        Length = length;
    }

    public static FindingKind Malformed => FindingCatalogue.NotAPrefix;

    /// <summary>The first address.</summary>
    public IpAddress Address { get; }

    /// <summary>Number of leading bits that are fixed.</summary>
    public int Length { get; }

    public IpFamily Family => Address.Family;

    public IpAddress First => Address;

    public IpAddress Last => new(Family, Address.Bits | HostMask(Address.Width, Length));

    /// <summary>The prefix of <paramref name="length"/> bits in which the address lies.</summary>
    public static IpPrefix Around(IpAddress address, int length) =>
        new(new IpAddress(address.Family, address.Bits & ~HostMask(address.Width, length)), length);

    /// <summary>Reads a prefix that is known to be right, such as a constant.</summary>
    /// <exception cref="FormatException">The text is no prefix.</exception>
    public static IpPrefix Parse(string text) =>
        TryParse(text, out var value, out var reason)
            ? value
            : throw new FormatException($"\"{text}\" {reason}");

    public static bool TryParse(string text, out IpPrefix value, out string reason)
    {
        value = default;
        if (!AddressWithLength.TryParse(text, out var address, out var length, out reason))
        {
            return false;
        }

        value = Around(address, length);
        if (value.Address != address)
        {
            reason = $"has bits set beyond its length; the prefix is {value}";
            return false;
        }

        return true;
    }

    public bool Contains(IpAddress address) =>
        address.Family == Family
        && (address.Bits & ~HostMask(Address.Width, Length)) == Address.Bits;

    /// <summary>The other prefix lies wholly in this one, or is the same.</summary>
    public bool Contains(IpPrefix other) => other.Length >= Length && Contains(other.Address);

    public bool Overlaps(IpPrefix other) => Contains(other) || other.Contains(this);

    /// <summary>The address at <paramref name="offset"/> from the first one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the prefix.</exception>
    public IpAddress At(UInt128 offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, HostMask(Address.Width, Length));
        return new IpAddress(Family, Address.Bits + offset);
    }

    /// <summary>Subnet number <paramref name="index"/>, counted from 0, of those with the given length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The prefix has no such subnet.</exception>
    public IpPrefix Subnet(int length, UInt128 index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Address.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, LastSubnet(length));
        var bits = length == 0 ? UInt128.Zero : index << (Address.Width - length);
        return new IpPrefix(new IpAddress(Family, Address.Bits | bits), length);
    }

    /// <summary>Number of the last subnet of the given length (one less than their count, which may be 2^128).</summary>
    public UInt128 LastSubnet(int length) => HostMask(length, Length);

    public int CompareTo(IpPrefix other)
    {
        var byAddress = Address.CompareTo(other.Address);
        return byAddress != 0 ? byAddress : Length.CompareTo(other.Length);
    }

    public static bool operator <(IpPrefix left, IpPrefix right) => left.CompareTo(right) < 0;

    public static bool operator <=(IpPrefix left, IpPrefix right) => left.CompareTo(right) <= 0;

    public static bool operator >(IpPrefix left, IpPrefix right) => left.CompareTo(right) > 0;

    public static bool operator >=(IpPrefix left, IpPrefix right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Address}/{Length}";

    // A shift by the whole width of a UInt128 does nothing, so both ends are cases of their own.
    private static UInt128 HostMask(int width, int length) =>
        width - length == 128 ? UInt128.MaxValue : (UInt128.One << (width - length)) - 1;
}
