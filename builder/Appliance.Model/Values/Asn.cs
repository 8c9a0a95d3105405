using System.Globalization;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>What an AS number is set aside for.</summary>
public enum AsnClass
{
    /// <summary>Assigned or assignable to a network.</summary>
    Public,

    /// <summary>64512–65534 and 4200000000–4294967294 (RFC 6996).</summary>
    Private,

    /// <summary>64496–64511 and 65536–65551 (RFC 5398).</summary>
    Documentation,

    /// <summary>0 (RFC 7607), 23456 (RFC 6793), 65535 and 4294967295 (RFC 7300), 65552–131071 (IANA).</summary>
    Reserved,
}

/// <summary>A four-byte AS number (RFC 6793) in plain notation (RFC 5396).</summary>
public readonly record struct Asn(uint Number) : IParsedValue<Asn>
{
    public static FindingKind Malformed => FindingCatalogue.NotAnAsn;

    public AsnClass Class =>
        Number switch
        {
            0 or 23456 or 65535 or uint.MaxValue => AsnClass.Reserved,
            >= 64496 and <= 64511 => AsnClass.Documentation,
            >= 64512 and <= 65534 => AsnClass.Private,
            >= 65536 and <= 65551 => AsnClass.Documentation,
            >= 65552 and <= 131071 => AsnClass.Reserved,
            >= 4200000000 => AsnClass.Private,
            _ => AsnClass.Public,
        };

    public static bool TryParse(string text, out Asn value, out string reason)
    {
        var isNumber = DecimalNumber.TryParse(text, uint.MaxValue, out var number);
        value = new Asn(number);
        reason = isNumber
            ? ""
            : "is not an AS number: it must be a plain number from 0 to 4294967295, such as 64500";
        return isNumber;
    }

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
