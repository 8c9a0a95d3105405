using Microsoft.Data.Sqlite;

namespace Appliance.Build.Packages.Database;

/// <summary>Prepared insertions into one database, by their text.</summary>
internal sealed class Inserts(SqliteConnection connection, SqliteTransaction transaction)
    : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, long>> names = new(
        StringComparer.Ordinal
    );

    /// <summary>Inserts a row; a null is NULL.</summary>
    /// <param name="into">Table and columns: "deps(origin, name)".</param>
    /// <param name="values">A value for each column.</param>
    public void Row(string into, params ReadOnlySpan<object?> values)
    {
        var command = Command(into, values.Length);
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    /// <summary>The number of a name in a table of names, which gets it if need be. Numbers count from 1.</summary>
    /// <param name="into">Table and columns, number and name first: "licenses(id, name)".</param>
    /// <param name="name">The name.</param>
    /// <param name="more">Values of further columns; those of the first one to use the name count.</param>
    public long Name(string into, string name, params ReadOnlySpan<object?> more)
    {
        if (!names.TryGetValue(into, out var numbers))
        {
            names[into] = numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        }

        if (!numbers.TryGetValue(name, out var number))
        {
            numbers[name] = number = numbers.Count + 1;
            Row(into, [number, name, .. more]);
        }

        return number;
    }

    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }
    }

    private SqliteCommand Command(string into, int count)
    {
        if (commands.TryGetValue(into, out var command))
        {
            return command;
        }

        command = connection.CreateCommand();
        command.Transaction = transaction;
        var parameters = Enumerable.Range(1, count).Select(number => $"$p{number}").ToList();
#pragma warning disable CA2100 // The text is this program's own; values are parameters.
        command.CommandText = $"INSERT INTO {into} VALUES ({string.Join(", ", parameters)})";
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter(parameter, null));
        }

        return commands[into] = command;
    }
}
