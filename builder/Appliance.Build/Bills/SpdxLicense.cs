namespace Appliance.Build.Bills;

/// <summary>
/// Names of licences in FreeBSD's ports (Mk/bsd.licenses.db.mk) and what SPDX calls them. A name that is not here is
/// given as it is.
/// </summary>
internal static class SpdxLicense
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["AGPLv3"] = "AGPL-3.0-only",
        ["AGPLv3+"] = "AGPL-3.0-or-later",
        ["APACHE10"] = "Apache-1.0",
        ["APACHE11"] = "Apache-1.1",
        ["APACHE20"] = "Apache-2.0",
        ["ART10"] = "Artistic-1.0",
        ["ART20"] = "Artistic-2.0",
        ["BSD0CLAUSE"] = "0BSD",
        ["BSD2CLAUSE"] = "BSD-2-Clause",
        ["BSD3CLAUSE"] = "BSD-3-Clause",
        ["BSD4CLAUSE"] = "BSD-4-Clause",
        ["BSL"] = "BSL-1.0",
        ["CC0-1.0"] = "CC0-1.0",
        ["CDDL"] = "CDDL-1.0",
        ["EPL"] = "EPL-1.0",
        ["GPLv1"] = "GPL-1.0-only",
        ["GPLv1+"] = "GPL-1.0-or-later",
        ["GPLv2"] = "GPL-2.0-only",
        ["GPLv2+"] = "GPL-2.0-or-later",
        ["GPLv3"] = "GPL-3.0-only",
        ["GPLv3+"] = "GPL-3.0-or-later",
        ["ISCL"] = "ISC",
        ["LGPL20"] = "LGPL-2.0-only",
        ["LGPL20+"] = "LGPL-2.0-or-later",
        ["LGPL21"] = "LGPL-2.1-only",
        ["LGPL21+"] = "LGPL-2.1-or-later",
        ["LGPL3"] = "LGPL-3.0-only",
        ["LGPL3+"] = "LGPL-3.0-or-later",
        ["MIT"] = "MIT",
        ["MPL10"] = "MPL-1.0",
        ["MPL11"] = "MPL-1.1",
        ["MPL20"] = "MPL-2.0",
        ["NCSA"] = "NCSA",
        ["OpenSSL"] = "OpenSSL",
        ["PHP301"] = "PHP-3.01",
        ["PSFL"] = "Python-2.0",
        ["RUBY"] = "Ruby",
        ["UNLICENSE"] = "Unlicense",
        ["WTFPL"] = "WTFPL",
        ["ZLIB"] = "Zlib",
        ["ZPL21"] = "ZPL-2.1",
        // What this program and FreeBSD itself are under has its SPDX name already.
        ["BSD-2-Clause"] = "BSD-2-Clause",
    };

    /// <summary>The SPDX identifier, or null.</summary>
    public static string? Of(string name) => Names.GetValueOrDefault(name);
}
