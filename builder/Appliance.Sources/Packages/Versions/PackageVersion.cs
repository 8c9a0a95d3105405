namespace Appliance.Sources.Packages.Versions;

/// <summary>
/// Versions of packages: <c>PORTVERSION[_PORTREVISION][,PORTEPOCH]</c>. The epoch decides first, then the version piece by
/// piece, then the revision. Source: pkg-version(8), the Porter's Handbook ("PORTREVISION and PORTEPOCH"), and what
/// libpkg/pkg_version.c of pkg(8) makes of versions beyond their rules.
/// </summary>
public static class PackageVersion
{
    /// <summary>
    /// Less than, equal to or greater than zero where <paramref name="left"/> is older than, the same as or newer than
    /// <paramref name="right"/>. A name before the last hyphen does not count.
    /// </summary>
    public static int Compare(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var one = VersionParts.Of(left);
        var two = VersionParts.Of(right);
        if (one.Epoch != two.Epoch)
        {
            return one.Epoch.CompareTo(two.Epoch);
        }

        var versions = one.Version.Equals(two.Version, StringComparison.OrdinalIgnoreCase)
            ? 0
            : ComparePieces(new VersionCursor(one.Version), new VersionCursor(two.Version));
        return versions != 0 ? versions : one.Revision.CompareTo(two.Revision);
    }

    /// <summary>
    /// Two versions side by side. A plus sign ends a run of pieces: the shorter run is filled up with zeros, and behind
    /// it both go on with the next run.
    /// </summary>
    private static int ComparePieces(VersionCursor left, VersionCursor right)
    {
        while (!left.IsAtEnd || !right.IsAtEnd)
        {
            var leftWaits = left.IsAtEndOfRun;
            var rightWaits = right.IsAtEndOfRun;
            if (leftWaits && rightWaits)
            {
                left.SkipPlus();
                right.SkipPlus();
                continue;
            }

            var one = leftWaits ? default : left.Next();
            var two = rightWaits ? default : right.Next();
            var order = one.CompareTo(two);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
