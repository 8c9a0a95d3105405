using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Appliance.Cli.Answers;
using Appliance.Model.Reports;

namespace Appliance.Cli.Tests;

/// <summary>Answers say what a thing is in words.</summary>
public sealed class AnswerJsonTests
{
    [Fact]
    public void Every_kind_of_thing_in_an_answer_is_a_word()
    {
        var seen = Numbers(AnswerJson.Shapes);
        Assert.Empty(seen);
    }

    [Fact]
    public void A_kind_without_words_is_noticed()
    {
        var numbers = new AnswerJson(new JsonSerializerOptions());
        Assert.Contains(typeof(Severity), Numbers(numbers));
    }

    /// <summary>Enumerations anywhere in the answers that would be written as numbers.</summary>
    private static HashSet<Type> Numbers(AnswerJson shapes)
    {
        var seen = new HashSet<Type>();
        var waiting = new Stack<Type>(
            typeof(AnswerJson)
                .GetCustomAttributesData()
                .Where(item => item.AttributeType == typeof(JsonSerializableAttribute))
                .Select(item => (Type)item.ConstructorArguments[0].Value!)
        );
        Assert.NotEmpty(waiting);
        while (waiting.TryPop(out var type))
        {
            if (seen.Add(type) && shapes.GetTypeInfo(type) is { } shape)
            {
                Follow(shape, waiting);
            }
        }

        return
        [
            .. seen.Where(type =>
                type.IsEnum
                && JsonSerializer
                    .Serialize(Enum.ToObject(type, 0), shapes.GetTypeInfo(type)!)
                    .All(char.IsAsciiDigit)
            ),
        ];
    }

    private static void Follow(JsonTypeInfo shape, Stack<Type> waiting)
    {
        foreach (
            var type in shape.Properties.Select(item => item.PropertyType).Append(shape.ElementType)
        )
        {
            if (type is not null)
            {
                waiting.Push(Nullable.GetUnderlyingType(type) ?? type);
            }
        }
    }
}
