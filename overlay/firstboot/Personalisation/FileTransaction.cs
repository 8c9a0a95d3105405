using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.State;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// Replaces and removes a set of files so that they are all old or all new, whenever the power goes: each new file
/// is complete on the disk beside its target before the first one is renamed, the old ones keep a second
/// name, and a journal says which they are until the state is written.
/// </summary>
internal sealed class FileTransaction(IMachine machine, StateStore store)
{
    /// <summary>rc(8) acts on this file alone, so it comes last.</summary>
    private const string LastPath = "/etc/rc.conf";

    private readonly List<string> prepared = [];
    private readonly List<string> obsolete = [];

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
    public void Prepare(IReadOnlyList<RenderedFile> files, Accounts accounts)
    {
        foreach (var file in files.Where(Differs).OrderBy(file => file.Path == LastPath))
        {
            var folder = file.Path[..file.Path.LastIndexOf('/')];
            machine.CreateFolder(folder.Length == 0 ? "/" : folder, file.FolderMode);
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
    public void Remove(IEnumerable<string> paths) =>
        obsolete.AddRange(paths.Where(path => machine.Mode(path) is not null));

    /// <summary>Puts the prepared files into place. When anything fails the old files are back.</summary>
    /// <param name="run">Number of this run, which <paramref name="complete"/> records.</param>
    /// <param name="complete">Records that the files are there; from then on they stay.</param>
    /// <param name="withdraw">Takes that record back, before the first old file returns.</param>
    public void Commit(int run, Action complete, Action withdraw)
    {
        var journal = new Journal
        {
            Run = run,
            Replaced = [.. Paths(exists: true), .. obsolete],
            Added = [.. Paths(exists: false)],
        };
        store.WriteJournal(journal);
        try
        {
            prepared.ForEach(Replace);
            obsolete.ForEach(TakeAway);
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
        prepared.ForEach(path => machine.Delete(Aside(path)));

        prepared.Clear();
    }

    private IEnumerable<string> Paths(bool exists) =>
        prepared.Where(path => machine.Mode(path) is not null == exists);

    private bool Differs(RenderedFile file) =>
        machine.Mode(file.Path) != file.Mode
        || machine.Read(file.Path) is not { } content
        || !content.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(file.Content));

    private void Replace(string path)
    {
        if (machine.Mode(path) is not null)
        {
            machine.Delete(Kept(path));
            machine.Link(path, Kept(path));
        }

        machine.Rename(Aside(path), path);
    }

    private void TakeAway(string path) => machine.Rename(path, Kept(path));

    private void Restore(Journal journal)
    {
        foreach (var path in journal.Replaced.Where(path => machine.Mode(Kept(path)) is not null))
        {
            machine.Rename(Kept(path), path);
        }

        foreach (var path in journal.Added)
        {
            machine.Delete(path);
        }
    }

    private void Finish(Journal journal)
    {
        foreach (var path in journal.Replaced.Concat(journal.Added))
        {
            machine.Delete(Aside(path));
            machine.Delete(Kept(path));
        }

        store.DeleteJournal();
    }
}
