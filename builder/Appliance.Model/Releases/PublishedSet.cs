namespace Appliance.Model.Releases;

/// <summary>A set as FreeBSD published it (misc/freebsd-release-manifests of the ports tree).</summary>
/// <param name="Sha256">64 lowercase hexadecimal digits.</param>
/// <param name="Files">Entries of the archive.</param>
public sealed record PublishedSet(string Sha256, int Files);
