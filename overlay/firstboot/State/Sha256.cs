using System.Buffers.Binary;
using System.Numerics;

namespace Appliance.FirstBoot.State;

/// <summary>
/// SHA-256 (FIPS 180-4) in managed code: .NET's own needs an OpenSSL that the target does not have for a
/// Linux executable. It only tells one document from another; nothing secret goes through it.
/// </summary>
internal static class Sha256
{
    private const int BlockSize = 64;

    private static readonly uint[] RoundConstants = FirstPrimes(64)
        .Select(prime => Fraction(Math.Cbrt(prime)))
        .ToArray();

    private static readonly uint[] InitialState = FirstPrimes(8)
        .Select(prime => Fraction(Math.Sqrt(prime)))
        .ToArray();

    /// <summary>Lower-case hexadecimal, as <c>sha256 -q</c> prints it.</summary>
    public static string Hex(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(Digest(data));

    /// <summary>32 bytes.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> data)
    {
        var state = InitialState.ToArray();
        var padded = Pad(data);
        for (var offset = 0; offset < padded.Length; offset += BlockSize)
        {
            Compress(state, padded.AsSpan(offset, BlockSize));
        }

        var digest = new byte[32];
        for (var index = 0; index < state.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest.AsSpan(index * 4), state[index]);
        }

        return digest;
    }

    /// <summary>A one bit, zeros, and the length in bits at the end of the last block.</summary>
    private static byte[] Pad(ReadOnlySpan<byte> data)
    {
        var length = (data.Length + 9 + BlockSize - 1) / BlockSize * BlockSize;
        var padded = new byte[length];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(length - 8), (ulong)data.Length * 8);
        return padded;
    }

    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> schedule = stackalloc uint[64];
        Expand(block, schedule);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var round = 0; round < 64; round++)
        {
            var sum1 = Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25);
            var first = h + sum1 + ((e & f) ^ (~e & g)) + RoundConstants[round] + schedule[round];
            var sum0 = Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22);
            var second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        uint[] result = [a, b, c, d, e, f, g, h];
        for (var index = 0; index < state.Length; index++)
        {
            state[index] += result[index];
        }
    }

    private static void Expand(ReadOnlySpan<byte> block, Span<uint> schedule)
    {
        for (var index = 0; index < 16; index++)
        {
            schedule[index] = BinaryPrimitives.ReadUInt32BigEndian(block[(index * 4)..]);
        }

        for (var index = 16; index < 64; index++)
        {
            var low = schedule[index - 15];
            var high = schedule[index - 2];
            schedule[index] =
                schedule[index - 16]
                + (Rotate(low, 7) ^ Rotate(low, 18) ^ (low >> 3))
                + schedule[index - 7]
                + (Rotate(high, 17) ^ Rotate(high, 19) ^ (high >> 10));
        }
    }

    private static uint Rotate(uint value, int bits) => BitOperations.RotateRight(value, bits);

    private static IEnumerable<int> FirstPrimes(int count) =>
        Enumerable
            .Range(2, 400)
            .Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0))
            .Take(count);

    /// <summary>
    /// The first 32 bits of a root's fraction. The floating-point root has 52 bits, enough for all primes
    /// used here; the vectors of the standard are in the tests.
    /// </summary>
    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296.0);
}
