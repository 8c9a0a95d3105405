using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.State;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// Replaces and removes a set of files so that they are all old or all new, whenever the power goes: a journal names
/// what will be written before anything is; each new file is complete on the disk beside its target before the first
/// one is renamed; the old ones keep a second name until the state is written; and the journal goes when nothing of
/// either kind is left.
/// </summary>
internal sealed class FileTransaction(IMachine machine, StateStore store)
{
    /// <summary>rc(8) acts on this file alone, so it comes last.</summary>
    private const string LastPath = "/etc/rc.conf";

    private readonly List<string> prepared = [];
    private readonly List<string> obsolete = [];
    private readonly List<string> changed = [];

    /// <summary>What lies on the disk, null before the first file is written and once it is decided what becomes of them.</summary>
    private Journal? open;

    /// <summary>Where the new content of a file waits.</summary>
    public static string Aside(string path) => path + ".appliance-new";

    private static string Kept(string path) => path + ".appliance-old";

    /// <summary>
    /// Undoes what an interrupted run left, or finishes it when its state had been written already.
    /// </summary>
    public void Recover()
    {
        if (store.ReadJournal() is not { } journal)
        {
            return;
        }

        if (store.ReadState()?.Run != journal.Run)
        {
            Restore(journal);
        }

        Finish(journal);
    }

    /// <summary>Writes every file that differs from what is there beside its target.</summary>
    /// <param name="run">Number of this run, which no state has yet.</param>
    /// <param name="files">All files of the machine.</param>
    /// <param name="accounts">Their owners.</param>
    /// <param name="others">Names under which somebody else is going to write what <see cref="Adopt"/> takes along.</param>
    public void Prepare(
        int run,
        IReadOnlyList<RenderedFile> files,
        Accounts accounts,
        IEnumerable<string> others
    )
    {
        var differing = files.Where(Differs).OrderBy(file => file.Path == LastPath).ToList();
        open = new Journal
        {
            Run = run,
            Aside = [.. differing.Select(file => Aside(file.Path)), .. others],
        };
        store.WriteJournal(open);
        foreach (var file in differing)
        {
            machine.CreateFolder(FolderOf(file.Path), file.FolderMode);
            prepared.Add(file.Path);
            machine.Write(
                Aside(file.Path),
                Encoding.UTF8.GetBytes(file.Content),
                accounts.OwnerOf(file),
                file.Mode
            );
        }
    }

    /// <summary>Takes files along that somebody else wrote beside their targets. They go first: no file of ours acts on them.</summary>
    public void Adopt(IReadOnlyList<string> paths) => prepared.InsertRange(0, paths);

    /// <summary>Files that go, where they are there.</summary>
    public void Remove(IEnumerable<string> paths) => obsolete.AddRange(paths.Where(Exists));

    /// <summary>Files that the system's programs replace, by renaming, when the run is completed.</summary>
    public void Keep(IEnumerable<string> paths) => changed.AddRange(paths.Where(Exists));

    /// <summary>Puts the prepared files into place. When anything fails the old files are back.</summary>
    /// <param name="complete">Records that the files are there; from then on they stay.</param>
    /// <param name="withdraw">Takes that record back, before the first old file returns.</param>
    public void Commit(Action complete, Action withdraw)
    {
        var journal = open! with
        {
            Replaced = [.. prepared.Where(Exists), .. obsolete, .. changed],
            Added = [.. prepared.Where(path => !Exists(path))],
        };
        open = null;
        try
        {
            Clear(journal.Replaced.Select(Kept).Where(Exists));
            store.WriteJournal(journal);
            changed.ForEach(path => machine.Link(path, Kept(path)));
            prepared.ForEach(Replace);
            obsolete.ForEach(path => machine.Rename(path, Kept(path)));
            FlushFolders(obsolete);
            complete();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or FirstBootException)
        {
            withdraw();
            Restore(journal);
            Finish(journal);
            throw;
        }

        Finish(journal);
    }

    /// <summary>Removes what was prepared and never used.</summary>
    public void Discard()
    {
        if (open is { } journal)
        {
            open = null;
            Finish(journal);
        }
    }

    private bool Exists(string path) => machine.Mode(path) is not null;

    private bool Differs(RenderedFile file) =>
        machine.Mode(file.Path) != file.Mode
        || machine.Read(file.Path) is not { } content
        || !content.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(file.Content));

    private void Replace(string path)
    {
        if (Exists(path))
        {
            machine.Link(path, Kept(path));
        }

        machine.Rename(Aside(path), path);
    }

    private void Restore(Journal journal)
    {
        foreach (var path in journal.Replaced.Where(path => Exists(Kept(path))))
        {
            machine.Rename(Kept(path), path);
        }

        Clear(journal.Added);
    }

    /// <summary>The journal is the only one who knows of these files, so it goes when they have gone for good.</summary>
    private void Finish(Journal journal)
    {
        Clear([.. journal.Aside, .. journal.Replaced.Select(Kept)]);
        store.DeleteJournal();
    }

    private void Clear(IEnumerable<string> paths)
    {
        var all = paths.ToList();
        all.ForEach(machine.Delete);
        FlushFolders(all);
    }

    private void FlushFolders(IEnumerable<string> paths)
    {
        foreach (var folder in paths.Select(FolderOf).Distinct())
        {
            machine.Flush(folder);
        }
    }

    private static string FolderOf(string path) =>
        path.LastIndexOf('/') is > 0 and var end ? path[..end] : "/";
}
