using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Signatures;

/// <summary>One field of what a source knows, and whether it counts without a signature.</summary>
/// <param name="Name">As in user data, for the verdict.</param>
/// <param name="Member">The member of <see cref="Facts"/> or <see cref="OwnerData"/>.</param>
/// <param name="Without">The facts without the field; null when it counts unsigned.</param>
/// <param name="IsPresent">Whether the source has something to ignore.</param>
internal sealed record UnsignedField(
    string Name,
    string Member,
    Func<Facts, Facts>? Without = null,
    Func<Facts, bool>? IsPresent = null
)
{
    public bool IsAccepted => Without is null;
}
