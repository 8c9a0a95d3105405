using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Appliance.Verify.Qemu;

/// <summary>Addresses for virtual cards that are the same on every run.</summary>
public static class MacAddresses
{
    /// <summary>
    /// An address from QEMU's own range 52:54:00 (locally administered) whose last octet is the card's index and whose
    /// fourth and fifth come from the machine's name.
    /// </summary>
    /// <param name="machine">The machine's name.</param>
    /// <param name="index">Which of its cards, 0 to 255.</param>
    public static string For(string machine, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, byte.MaxValue);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(machine));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"52:54:00:{digest[0]:x2}:{digest[1]:x2}:{index:x2}"
        );
    }
}
