using System.Text;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Guests;

/// <summary>What makes a virtual machine one of the lab's: a way in for the lab, and the lab's secrets.</summary>
internal static class GuestSeed
{
    /// <summary>A disk of this size with text at its beginning is taken for user data.</summary>
    private const int DiskBytes = 1 << 20;

    /// <summary>The document with the lab as one more owner.</summary>
    /// <param name="publicKey">A line of authorized_keys.</param>
    /// <param name="from">The prefix that the lab logs in from.</param>
    public static SiteDocument WithOwner(SiteDocument document, string publicKey, string from) =>
        document with
        {
            Admin = document.Admin with
            {
                SshKeys = [.. document.Admin.SshKeys, publicKey],
                SshFrom = [.. document.Admin.SshFrom, from],
            },
        };

    /// <summary>A raw disk with the secrets that a document names, as a provider's console would attach it.</summary>
    public static byte[] Disk(SiteDocument document, Secrets secrets)
    {
        var disk = new byte[DiskBytes];
        var lines = DocumentSecrets
            .Names(document)
            .Select(name => (Name: name, Value: secrets.Find(name)))
            .Where(secret => secret.Value is not null)
            .Select(secret => $"    {secret.Name}: \"{secret.Value}\"\n")
            .ToList();
        if (lines.Count > 0)
        {
            Encoding.UTF8.GetBytes(
                $"#cloud-config\nappliance:\n  secrets:\n{string.Concat(lines)}",
                disk
            );
        }

        return disk;
    }
}
