using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>Who may log in, and from where.</summary>
internal static class AdminValidation
{
    public static void Validate(NetworkScope scope)
    {
        var admin = scope.Network.Admin;
        if (admin.SshKeys.Count == 0 && admin.SigningKeys.Count == 0 && scope.IsReadable("$.admin"))
        {
            scope.Add(
                FindingCatalogue.NoSshKeys,
                admin.At,
                "no SSH key may log in",
                "admin: {ssh_keys: [\"ssh-ed25519 …\"]} takes the line of a .pub file"
            );
        }

        if (admin.SshFrom.Count == 0 && admin.SigningKeys.Count == 0 && scope.IsReadable("$.admin"))
        {
            scope.Add(
                FindingCatalogue.NoSshFrom,
                admin.At,
                "no address may reach the ssh port",
                "admin: {ssh_from: [192.0.2.0/24]} takes the prefixes you log in from"
            );
        }

        foreach (var prefix in admin.SshFrom.Where(p => p.Value.Length == 0))
        {
            scope.Add(
                FindingCatalogue.SshFromAnywhere,
                prefix.At,
                $"{prefix} lets the whole Internet reach the ssh port",
                "list the prefixes you log in from"
            );
        }

        CheckSigners(scope);
        CheckKeysTwice(scope);
    }

    private static void CheckSigners(NetworkScope scope)
    {
        var admin = scope.Network.Admin;
        if (
            admin.SigningKeys.Count > 0
            && (admin.SshKeys.Count == 0 || admin.SshFrom.Count == 0)
            && scope.IsReadable("$.admin")
        )
        {
            var missing =
                admin.SshKeys.Count > 0 ? "ssh_from"
                : admin.SshFrom.Count > 0 ? "ssh_keys"
                : "ssh_keys and no ssh_from";
            scope.Add(
                FindingCatalogue.SignersWithoutDoors,
                admin.SigningKeys[0].At,
                $"the images accept signed documents only, and there is no {missing}: nobody can log in",
                "add them to admin: no unsigned seed and no provider may"
            );
        }
    }

    private static void CheckKeysTwice(NetworkScope scope)
    {
        var lines = new Dictionary<string, int>();
        foreach (var key in scope.Network.Admin.SshKeys)
        {
            if (!lines.TryAdd(key.Value.Base64, key.At.Span.Line))
            {
                scope.Add(
                    FindingCatalogue.SshKeyTwice,
                    key.At,
                    $"the same key already stands in line {lines[key.Value.Base64]}"
                );
            }
        }
    }
}
