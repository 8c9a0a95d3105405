using System.Text;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.State;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Whether a disk is still in the machine that it was made for.</summary>
internal static class Identity
{
    /// <summary>
    /// The provider's name for the machine decides; where one of the two is not known (a seed may be gone after
    /// first boot), the firmware's UUID; where nothing is known, nothing has changed.
    /// </summary>
    public static bool IsSame(ApplianceState before, Gathering now) =>
        (before.InstanceId, now.Facts.InstanceId) is ({ } was, { } given) ? was == given
        : (before.Uuid, now.Smbios.OwnUuid) is ({ } old, { } found) ? old == found
        : true;

    /// <summary>What linux-abi.subr computes in the same way: the image's document, then the firmware's UUID and serial number.</summary>
    public static string Fingerprint(Gathering gathered) =>
        Sha256.Hex([
            .. gathered.Image.Own ?? [],
            .. Encoding.UTF8.GetBytes($"{gathered.Smbios.RawUuid}\n{gathered.Smbios.Serial}\n"),
        ]);
}
