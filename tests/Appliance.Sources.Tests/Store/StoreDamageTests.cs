using Appliance.Sources.Sets;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Store;

/// <summary>What happens to the store from outside, and what two builds at once do to it.</summary>
public sealed class StoreDamageTests : IDisposable
{
    private readonly TestDirectory directory = new();
    private readonly byte[] content = Bytes.Compressible(41, 400_000);

    public void Dispose() => directory.Dispose();

    public static TheoryData<string, Action<string>> Damages() =>
        new()
        {
            { "a flipped bit of the index", path => Flip(Path.Combine(path, "index"), 999) },
            { "a truncated index", path => Truncate(Path.Combine(path, "index"), 40) },
            { "an empty index", path => Truncate(Path.Combine(path, "index"), 0) },
            { "no index", path => File.Delete(Path.Combine(path, "index")) },
            {
                "a flipped bit of the payload",
                path => Flip(Path.Combine(path, "payload"), 8 * 5000)
            },
            { "a truncated payload", path => Truncate(Path.Combine(path, "payload"), 6000) },
            { "a longer payload", path => File.AppendAllText(Path.Combine(path, "payload"), "x") },
            { "no payload", path => File.Delete(Path.Combine(path, "payload")) },
            { "an empty directory", path => Empty(path) },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_layer_is_decoded_again(string what, Action<string> damage)
    {
        Assert.NotEmpty(what);
        ForeignTool.RequireAll("xz");
        var set = Set();
        damage(Path.GetDirectoryName(Get(set).PayloadPath)!);
        var steps = 0;
        AssertRight(Get(set, progress: new Progress(_ => steps++)));
        Assert.NotEqual(0, steps);
        File.Delete(set.Path);
        AssertRight(Get(set));
    }

    [Fact]
    public void A_damaged_layer_without_its_set_is_an_error_and_no_wrong_content()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        Flip(Get(set).PayloadPath, 8 * 5000);
        File.Delete(set.Path);
        Assert.Equal(SourceFailure.Missing, Assert.Throws<SourceException>(() => Get(set)).Failure);
    }

    [Fact]
    public void A_payload_that_was_touched_but_is_right_is_verified_once_and_kept()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        var layer = Get(set);
        var index = Path.Combine(Path.GetDirectoryName(layer.PayloadPath)!, "index");
        var before = File.ReadAllBytes(index);
        File.SetLastWriteTimeUtc(
            layer.PayloadPath,
            new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc)
        );
        File.Delete(set.Path);
        AssertRight(Get(set));
        var after = File.ReadAllBytes(index);
        Assert.NotEqual(before, after);
        AssertRight(Get(set));
        Assert.Equal(after, File.ReadAllBytes(index));
    }

    [Fact]
    public void Damage_that_keeps_length_and_time_is_found_on_request()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        var layer = Get(set);
        var time = File.GetLastWriteTimeUtc(layer.PayloadPath);
        Flip(layer.PayloadPath, 8 * 5000);
        File.SetLastWriteTimeUtc(layer.PayloadPath, time);
        using (var payload = Get(set).Open())
        {
            Assert.Throws<SourceException>(() => payload.Verify(layer.Entries[0]));
        }

        AssertRight(Get(set, new LayerStoreOptions { AlwaysVerifyPayload = true }));
    }

    [Fact]
    public void A_layer_of_another_set_under_this_key_is_not_taken()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        var other = Bytes.Set(directory, Bytes.Xz(new TarBuilder().File("b").Build()), "other");
        var (mine, foreign) = (Get(set), Get(other));
        File.Copy(
            Path.Combine(Path.GetDirectoryName(foreign.PayloadPath)!, "index"),
            Path.Combine(Path.GetDirectoryName(mine.PayloadPath)!, "index"),
            overwrite: true
        );
        File.Copy(foreign.PayloadPath, mine.PayloadPath, overwrite: true);
        AssertRight(Get(set));
    }

    [Fact]
    public void What_killed_runs_have_left_is_removed_by_the_next_decoding()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        directory.Write($"cache/store/{set.Sha256}-v1.partial/payload", Bytes.Of("half"));
        directory.Write($"cache/store/{new string('c', 64)}-v1.partial/payload", Bytes.Of("half"));
        AssertRight(Get(set));
        Assert.Equal(
            [$"cache/store/{set.Sha256}-v1/index", $"cache/store/{set.Sha256}-v1/payload"],
            directory.Files("cache/store")
        );
    }

    [Fact]
    public async Task Many_builds_at_once_get_the_same_layer_and_decode_it_once()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        var decodings = 0;
        var progress = new Progress(step =>
            Interlocked.Add(
                ref decodings,
                step.Stage == SourceStage.Decode && step.Bytes == step.Total ? 1 : 0
            )
        );
        var layers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () => Get(set, progress: progress),
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
        Assert.All(layers, AssertRight);
        Assert.Equal(1, decodings);
    }

    /// <summary>Ctrl-C at any moment: nothing half-done stays, and the next run succeeds.</summary>
    [Fact]
    public void Cancelled_at_fifty_places_the_store_stays_clean_and_the_next_run_succeeds()
    {
        ForeignTool.RequireAll("xz");
        var set = Set();
        var total = 0;
        _ = Get(set, progress: new Progress(_ => total++));
        Directory.Delete(directory.Cache.StoreDirectory, recursive: true);
        var random = new Random(42);
        for (var round = 0; round < 50; round++)
        {
            using var cancel = new CancellationTokenSource();
            var left = random.Next(total);
            var progress = new Progress(_ =>
            {
                if (Interlocked.Decrement(ref left) < 0)
                {
                    cancel.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(() =>
                new LayerStore(directory.Cache).Get(set, progress, cancel.Token)
            );
            Assert.Empty(directory.Files("cache/store"));
        }

        AssertRight(Get(set));
    }

    private static void Flip(string path, long bit) =>
        File.WriteAllBytes(path, Bytes.Flip(File.ReadAllBytes(path), bit));

    private static void Truncate(string path, int length) =>
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

    private static void Empty(string path)
    {
        Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
    }

    private ResolvedSet Set() =>
        Bytes.Set(
            directory,
            Bytes.Xz(new TarBuilder().File("a", content).Build(), "--block-size=50000")
        );

    private void AssertRight(Layer layer)
    {
        using var payload = layer.Open();
        var read = new byte[content.Length];
        Assert.Equal(read.Length, payload.Read(Assert.Single(layer.Entries), 0, read));
        Assert.Equal(content, read);
    }

    private Layer Get(
        ResolvedSet set,
        LayerStoreOptions? options = null,
        IProgress<SourceProgress>? progress = null
    ) =>
        new LayerStore(directory.Cache, options).Get(
            set,
            progress,
            TestContext.Current.CancellationToken
        );
}
