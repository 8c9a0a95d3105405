namespace Appliance.Imaging.Gpt;

/// <summary>Partition types and attributes of GPT, as in FreeBSD's sys/disk/gpt.h.</summary>
public static class PartitionTypes
{
    /// <summary>freebsd-boot: raw gptboot, found by pmbr.</summary>
    public static Guid FreeBsdBoot { get; } = new("83bd6b9d-7f41-11dc-be0b-001560b84f0f");

    /// <summary>efi: the FAT file system that UEFI boots from.</summary>
    public static Guid Efi { get; } = new("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

    /// <summary>freebsd-ufs: a UFS file system.</summary>
    public static Guid FreeBsdUfs { get; } = new("516e7cb6-6ecf-11d6-8ff8-00022d09712b");

    /// <summary>freebsd-swap.</summary>
    public static Guid FreeBsdSwap { get; } = new("516e7cb5-6ecf-11d6-8ff8-00022d09712b");

    /// <summary>ms-basic-data: a FAT file system that is not booted from, such as a configuration partition.</summary>
    public static Guid BasicData { get; } = new("ebd0a0a2-b9e5-4433-87c0-68b6b72699c7");

    /// <summary>Attribute bootme: gptboot tries this partition first (gptboot(8)).</summary>
    public const ulong BootMe = 1UL << 59;

    /// <summary>Attribute bootonce: gptboot tries this partition once.</summary>
    public const ulong BootOnce = 1UL << 58;

    private static readonly Dictionary<string, Guid> ByName = new(StringComparer.Ordinal)
    {
        ["freebsd-boot"] = FreeBsdBoot,
        ["efi"] = Efi,
        ["freebsd-ufs"] = FreeBsdUfs,
        ["freebsd-swap"] = FreeBsdSwap,
        ["ms-basic-data"] = BasicData,
    };

    /// <summary>The type of a name as gpart(8) writes it.</summary>
    /// <exception cref="ImagingException">The name is not known.</exception>
    public static Guid Parse(string name) =>
        ByName.TryGetValue(name, out Guid type)
            ? type
            : throw new ImagingException(
                $"'{name}' is no partition type; known ones are {string.Join(", ", ByName.Keys)}."
            );
}
