using System.Globalization;

namespace Appliance.Rendering.Validation;

/// <summary>Demands of single fields; each failure says where, what was found and what was expected.</summary>
internal static class FieldChecks
{
    /// <param name="where">JSON path of the field.</param>
    /// <param name="text">Its value; null where a JSON array or object holds one against the schema.</param>
    /// <param name="hasForm">One of <see cref="Grammar"/>.</param>
    /// <param name="expected">The form in words, after "is not".</param>
    public static void Require(
        string where,
        string? text,
        Func<string, bool> hasForm,
        string expected
    )
    {
        if (text is null || !hasForm(text))
        {
            throw new RenderingException(where, $"{Shown(text ?? "null")} is not {expected}");
        }
    }

    /// <summary>JSON allows null in a list; the documents' types cannot say that theirs do not.</summary>
    public static void RequireNoNulls<T>(string where, IEnumerable<T?> items)
        where T : class =>
        RequireThat(where, items.All(item => item is not null), "an entry of the list is null");

    public static void RequireIfPresent(
        string where,
        string? text,
        Func<string, bool> hasForm,
        string expected
    )
    {
        if (text is not null)
        {
            Require(where, text, hasForm, expected);
        }
    }

    public static void RequireEach(
        string where,
        IReadOnlyList<string> items,
        Func<string, bool> hasForm,
        string expected
    )
    {
        for (var index = 0; index < items.Count; index++)
        {
            Require($"{where}[{index}]", items[index], hasForm, expected);
        }
    }

    public static void RequireRange(string where, long value, long minimum, long maximum)
    {
        if (value < minimum || value > maximum)
        {
            throw new RenderingException(
                where,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{value} is outside {minimum} to {maximum}"
                )
            );
        }
    }

    public static void RequireUnique(string where, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw new RenderingException(where, $"{Shown(name)} occurs twice");
            }
        }
    }

    public static void RequireThat(string where, bool condition, string problem)
    {
        if (!condition)
        {
            throw new RenderingException(where, problem);
        }
    }

    /// <summary>A value as it may stand in a message: on one line, and not longer than one.</summary>
    private static string Shown(string text)
    {
        var printable = string.Concat(
            text.Take(60).Select(character => char.IsControl(character) ? '\uFFFD' : character)
        );
        return text.Length > 60 ? $"'{printable}…'" : $"'{printable}'";
    }
}
