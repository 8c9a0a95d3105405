using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

/// <summary>Sets against what FreeBSD published: a MANIFEST beside altered sets agrees with them.</summary>
public sealed class SetPublicationTests : SetSourceFixture
{
    private byte[] Altered => Bytes.Flip(baseSet, 54_321);

    [Fact]
    public async Task A_mirror_whose_MANIFEST_agrees_with_altered_sets_is_refused()
    {
        ServeAltered();

        var error = await Refused(Request());

        Assert.Contains(Bytes.Sha256(baseSet), error, StringComparison.Ordinal);
        Assert.Contains(Bytes.Sha256(Altered), error, StringComparison.Ordinal);
        Assert.Contains("--accept-sets", error, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.File(InCache + "MANIFEST")));
        Assert.DoesNotContain("GET base.txz", Requests());
    }

    [Fact]
    public async Task Brought_sets_that_differ_are_refused_until_they_are_accepted()
    {
        PutAltered();
        await Refused(Here());

        var resolved = await Resolve(Here() with { AcceptOthers = true });

        Assert.Equal([false, true], resolved.Sets.Select(set => set.IsOfficial));
        Assert.True(resolved.ToLock().AcceptedSets);
    }

    [Fact]
    public async Task A_lock_that_says_so_accepts_them_and_one_that_does_not_does_not()
    {
        PutAltered();
        var pins = (await Resolve(Here() with { AcceptOthers = true })).ToLock();

        Assert.False((await Resolve(Here() with { Lock = pins })).Sets[0].IsOfficial);
        await Refused(Here() with { Lock = pins with { AcceptedSets = false } });
    }

    [Fact]
    public async Task Sets_of_a_release_without_known_digests_have_to_be_accepted()
    {
        PutAll(InCache);

        Assert.Contains("not known", await Refused(Here() with { Published = null }));
    }

    [Fact]
    public async Task Over_plain_http_accepting_is_not_enough_and_a_published_or_locked_digest_is()
    {
        ServeAltered();
        Assert.Contains("plain http", await Refused(Request() with { AcceptOthers = true }));
        var pins = Lock() with { AcceptedSets = true };
        Assert.False(
            (await Resolve(Request() with { Lock = pins, Published = null })).Sets[0].IsOfficial
        );

        ServeAll();
        Assert.All((await Resolve(Request())).Sets, set => Assert.True(set.IsOfficial));
    }

    [Fact]
    public void A_lock_file_keeps_that_sets_were_accepted_and_says_nothing_otherwise()
    {
        var accepted = Lock() with { AcceptedSets = true };

        Assert.True(SetsLockFile.Parse(SetsLockFile.Format(accepted), "lock").AcceptedSets);
        Assert.False(SetsLockFile.Parse(SetsLockFile.Format(Lock()), "lock").AcceptedSets);
        Assert.DoesNotContain(
            "accepted",
            System.Text.Encoding.UTF8.GetString(SetsLockFile.Format(Lock())),
            StringComparison.Ordinal
        );
    }

    private SetRequest Here() => Request() with { Directory = directory.File(InCache) };

    private async Task<string> Refused(SetRequest request)
    {
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(request));
        Assert.Equal(SourceFailure.Untrusted, exception.Failure);
        return exception.Message;
    }

    private void ServeAltered()
    {
        ServeAll();
        server.Serve(OnMirror + "base.txz", Altered);
        server.Serve(OnMirror + "MANIFEST", ManifestOf(Altered, kernelSet));
    }

    private void PutAltered()
    {
        PutAll(InCache);
        directory.Write(InCache + "base.txz", Altered);
        directory.Write(InCache + "MANIFEST", ManifestOf(Altered, kernelSet));
    }
}
