using System.Globalization;
using System.Text;

namespace Appliance.Sources.Archives.Tar;

/// <summary>
/// The records of an extended header: lines of <c>length key=value</c>, where the length counts the whole line.
/// Source: POSIX pax(1), "pax Extended Header".
/// </summary>
internal sealed class PaxRecords
{
    private const int NanosecondDigits = 9;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly Dictionary<string, byte[]> values = new(StringComparer.Ordinal);

    public byte[]? Find(string key) => values.GetValueOrDefault(key);

    public bool Has(Func<string, bool> matches) => values.Keys.Any(matches);

    /// <summary>Adds the records of one header; a later record for the same key wins.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            var blank = data.IndexOf((byte)' ');
            if (
                blank <= 0
                || !int.TryParse(
                    data[..blank],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var length
                )
                || length <= blank + 1
                || length > data.Length
                || data[length - 1] != (byte)'\n'
            )
            {
                throw new ArchiveException("its extended header is damaged");
            }

            AddRecord(data[(blank + 1)..(length - 1)]);
            data = data[length..];
        }
    }

    public void AddAll(PaxRecords others)
    {
        foreach (var (key, value) in others.values)
        {
            values[key] = value;
        }
    }

    /// <summary>A number that is not negative; null where the key is absent.</summary>
    public long? Number(string key)
    {
        if (Find(key) is not { Length: > 0 } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new ArchiveException($"its {key} is no number");
    }

    /// <summary>
    /// A time as decimal seconds with any number of digits behind the point, in nanoseconds; what is finer is cut off
    /// towards the past, as POSIX demands. Null where the key is absent.
    /// </summary>
    public long? Nanoseconds(string key) =>
        Find(key) is { Length: > 0 } text ? ParseTime(Encoding.Latin1.GetString(text), key) : null;

    private static long ParseTime(string text, string key)
    {
        var isNegative = text[0] == '-';
        var parts = text[(isNegative ? 1 : 0)..].Split('.');
        var fraction = parts.Length == 2 ? parts[1] : "";
        var digits = fraction.Length > NanosecondDigits ? fraction[..NanosecondDigits] : fraction;
        var isFiner = fraction.Skip(NanosecondDigits).Any(digit => digit != '0');
        if (
            parts.Length > 2
            || fraction.Any(digit => !char.IsAsciiDigit(digit))
            || !long.TryParse(
                parts[0],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var seconds
            )
        )
        {
            throw new ArchiveException($"its {key} is no time");
        }

        var rest = long.Parse(
            "0" + digits.PadRight(NanosecondDigits, '0'),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        var total = ((Int128)seconds * NanosecondsPerSecond) + rest;
        total = isNegative ? -total - (isFiner ? 1 : 0) : total;
        return ToNanoseconds(total, key);
    }

    public static long FromSeconds(long seconds) =>
        ToNanoseconds((Int128)seconds * NanosecondsPerSecond, "mtime");

    private static long ToNanoseconds(Int128 total, string key) =>
        total >= long.MinValue && total <= long.MaxValue
            ? (long)total
            : throw new ArchiveException($"its {key} is out of range");

    private void AddRecord(ReadOnlySpan<byte> record)
    {
        var equals = record.IndexOf((byte)'=');
        if (equals <= 0)
        {
            throw new ArchiveException("its extended header is damaged");
        }

        values[Encoding.UTF8.GetString(record[..equals])] = record[(equals + 1)..].ToArray();
    }
}
