namespace CachedAttr.Generators.Tests.Running;

/// <summary>Type parameters of types and methods, and their constraints.</summary>
public sealed class GenericShapes
{
    [Fact]
    public Task A_generic_class_with_every_constraint() => Shape.RunAsync(
        """
        namespace Demo;

        public interface IFoo<in T>
        {
            void Take(T item);
        }

        public sealed class Foo : IFoo<Foo>
        {
            public void Take(Foo item)
            {
            }
        }

        public partial class Repository<TEntity, TKey, TEnum, TOther>(Cache cache, Calls calls)
            where TEntity : class?, IFoo<TEntity>, new()
            where TKey : notnull, IEquatable<TKey>, ISpanFormattable, ISpanParsable<TKey>
            where TEnum : unmanaged, Enum
            where TOther : struct, IComparable<TOther>
        {
            [Cached("{TEntity}:{id}:{kind}", Ttl = 60)]
            public partial Task<List<TEntity?>> FindAsync(TKey id, TEnum kind);

            private Task<List<TEntity?>> FindCoreAsync(TKey id, TEnum kind) => calls.ReturnAsync(new List<TEntity?> { null });
        }
        """,
        """
        var service = new Demo.Repository<Demo.Foo, Guid, DayOfWeek, int>(cache, calls);
        var other = new Demo.Repository<Demo.Foo, Guid, DayOfWeek, long>(cache, calls);
        var id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        await calls.AreCachedAsync(async () => (await service.FindAsync(id, DayOfWeek.Friday)).Count, 1, async () => (await service.FindAsync(id, DayOfWeek.Monday)).Count, 1);
        await calls.LoadsAsync(1, async () => (await other.FindAsync(id, DayOfWeek.Friday)).Count, 1);
        """);

    [Fact]
    public Task Type_parameters_that_are_called_like_types_of_generated_code() => Shape.RunAsync(
        """
        namespace Demo;

        public partial class Service<Method>(Cache cache, Calls calls)
        {
            [Cached("item:{id}:{other}", Ttl = 60)]
            public partial int Get<Key, Codec>(Key id, Codec other)
                where Key : struct, ISpanFormattable, ISpanParsable<Key>
                where Codec : struct, ISpanFormattable, ISpanParsable<Codec>;

            private int GetCore<Key, Codec>(Key id, Codec other)
                where Key : struct, ISpanFormattable, ISpanParsable<Key>
                where Codec : struct, ISpanFormattable, ISpanParsable<Codec> => calls.Next();

            [Cached("text:{ids}", Ttl = 60)]
            public partial int GetAll<Text>(List<int> ids);

            private int GetAllCore<Text>(List<int> ids) => calls.Next();
        }
        """,
        """
        var service = new Demo.Service<int>(cache, calls);
        calls.TellsApart(id => service.Get(id, 1), 1, 2);
        calls.TellsApart(id => service.GetAll<long>([id]), 1, 2);
        """);

    [Fact]
    public Task A_type_parameter_that_is_not_known_to_be_null_or_not() => Shape.RunAsync(
        """
        namespace Demo;

        public partial class Repository<T>(Cache cache, Func<int, T?> load, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial ValueTask<T?> FindAsync(int id);

            private ValueTask<T?> FindCoreAsync(int id) => calls.ReturnValueAsync(load(id));
        }
        """,
        """
        var texts = new Demo.Repository<string>(cache, id => id == 1 ? null : "x", calls);
        var numbers = new Demo.Repository<int>(cache, id => id, calls);
        await calls.AreCachedAsync(() => texts.FindAsync(1), null, () => texts.FindAsync(2), "x");
        await calls.AreCachedAsync(() => numbers.FindAsync(1), 1, () => numbers.FindAsync(2), 2);
        """);
}
