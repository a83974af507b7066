namespace CachedAttr.Shapes.Tests
{
    public interface ILookup
    {
        int Find(int id);
    }

    public sealed partial class ImplementsInterface(Cache cache, Calls calls) : ILookup
    {
        [Cached("type:interface:{id}", Ttl = 60)]
        public partial int Find(int id);

        private int FindCore(int id) => calls.Next();
    }

    public partial struct MutableStruct(Cache cache, Calls calls)
    {
        [Cached("type:struct:{id}", Ttl = 60)]
        public partial int Find(int id);

        private int FindCore(int id) => calls.Next();
    }

    public readonly partial struct ReadonlyStruct(Cache cache, Calls calls)
    {
        [Cached("type:readonly-struct:{id}", Ttl = 60)]
        public readonly partial int Find(int id);

        private readonly int FindCore(int id) => calls.Next();
    }

    public sealed partial record RecordClass(Cache Cache, Calls Calls)
    {
        [Cached("type:record:{id}", Ttl = 60)]
        public partial Task<int> FindAsync(int id);

        private Task<int> FindCoreAsync(int id) => Calls.NextAsync();
    }

    public readonly partial record struct RecordStruct(Cache Cache, Calls Calls)
    {
        [Cached("type:record-struct:{id}", Ttl = 60)]
        public partial int Find(int id);

        private int FindCore(int id) => Calls.Next();
    }

    public static partial class StaticClass
    {
        private static readonly Cache Cache = Cache.Create();

        public static Calls Calls { get; } = new();

        [Cached("type:static:{id}", Ttl = 60)]
        public static partial int Find(int id);

        private static int FindCore(int id) => Calls.Next();
    }

    public partial class NoCache(Calls calls)
    {
        [Cached("type:no-cache:{id}", Ttl = 60)]
        public partial int Find(int id);

        private int FindCore(int id) => calls.Next();

        [Cached("type:no-cache-static:{id}", Ttl = 60)]
        public static partial Task<int> FindStaticAsync(int id);

        private static Task<int> FindStaticCoreAsync(int id) => Task.FromResult(id);
    }

    public partial class WithField
    {
        private readonly Cache _cache;
        private readonly Calls _calls;

        public WithField(Cache cache, Calls calls)
        {
            _cache = cache;
            _calls = calls;
        }

        [Cached("type:field", Ttl = 60)]
        protected internal partial int Find(int cache, string @this);

        private int FindCore(int cache, string @this) => _calls.Next();
    }

    public abstract partial class Base(Cache cache, Calls calls)
    {
        protected Cache Store { get; } = cache;

        protected Calls Calls { get; } = calls;

        [Cached("type:virtual:{id}", Ttl = 60)]
        public virtual partial int Virtual(int id);

        private int VirtualCore(int id) => Calls.Next();

        public abstract Task<int> AbstractAsync(int id);

        public int Hidden(int id) => id;

        protected int InheritedLoader(int id) => Calls.Next();
    }

    public partial class Derived(Cache cache, Calls calls) : Base(cache, calls)
    {
        [Cached("type:override:{id}", Ttl = 60)]
        public override partial int Virtual(int id);

        private int VirtualCore(int id) => Calls.Next();

        [Cached("type:sealed-override:{id}", Ttl = 60)]
        public sealed override partial Task<int> AbstractAsync(int id);

        private Task<int> AbstractCoreAsync(int id) => Calls.NextAsync();

        [Cached("type:new:{id}", Ttl = 60, Loader = nameof(InheritedLoader))]
        public new partial int Hidden(int id);
    }

    public partial class Accessibilities(Cache cache, Calls calls)
    {
        [Cached("access:public:{id}", Ttl = 60)]
        public partial int Public(int id);

        [Cached("access:internal:{id}", Ttl = 60)]
        internal partial int Internal(int id);

        [Cached("access:protected:{id}", Ttl = 60)]
        protected partial int Protected(int id);

        [Cached("access:private:{id}", Ttl = 60)]
        private partial int Private(int id);

        [Cached("access:private-protected:{id}", Ttl = 60)]
        private protected partial int PrivateProtected(int id);

        public int All(int id) => Public(id) + Internal(id) + Protected(id) + Private(id) + PrivateProtected(id);

        private int PublicCore(int id) => calls.Next();

        private int InternalCore(int id) => calls.Next();

        private int ProtectedCore(int id) => calls.Next();

        private int PrivateCore(int id) => calls.Next();

        private int PrivateProtectedCore(int id) => calls.Next();
    }

    public partial class Outer
    {
        public partial record struct Middle
        {
            public sealed partial class Inner(Cache cache, Calls calls)
            {
                [Cached(Ttl = 60)]
                public partial int Find(int id);

                private int FindCore(int id) => calls.Next();
            }
        }

        private sealed partial class Hidden(Cache cache, Calls calls)
        {
            private sealed record Secret(int Number);

            [Cached("type:private-types:{secret}", Ttl = 60)]
            private partial int Find(Secret secret);

            private int FindCore(Secret secret) => calls.Next();

            public int Find(int number) => Find(new Secret(number));
        }

        public static int FindHidden(Cache cache, Calls calls, int number) => new Hidden(cache, calls).Find(number);
    }

    public partial interface IContainer
    {
        sealed partial class Nested(Cache cache, Calls calls)
        {
            [Cached("type:in-interface:{id}", Ttl = 60)]
            public partial int Find(int id);

            private int FindCore(int id) => calls.Next();
        }
    }

    public partial class Generic<T>(Cache cache, Calls calls)
        where T : class?, IComparable<T>
    {
        [Cached("generic:class:{id}", Ttl = 60)]
        public partial int Find(int id);

        private int FindCore(int id) => calls.Next();

        [Cached("generic:{T}:value:{id}", Ttl = 60)]
        public partial Task<List<T?>> LoadAsync(int id);

        private Task<List<T?>> LoadCoreAsync(int id)
        {
            calls.Next();
            return Task.FromResult(new List<T?>());
        }
    }

    public partial class GenericMethods(Cache cache, Calls calls)
    {
        [Cached("generic:method:{id}", Ttl = 60)]
        public partial int Find<T>(int id)
            where T : notnull, new();

        private int FindCore<T>(int id)
            where T : notnull, new() => calls.Next();

        [Cached("generic:both:{id}", Ttl = 60)]
        public partial Task<(TFirst? First, TSecond[] Second)> PairAsync<TFirst, TSecond>(int id)
            where TFirst : class, IDisposable
            where TSecond : unmanaged, Enum;

        private Task<(TFirst? First, TSecond[] Second)> PairCoreAsync<TFirst, TSecond>(int id)
            where TFirst : class, IDisposable
            where TSecond : unmanaged, Enum
        {
            calls.Next();
            return Task.FromResult<(TFirst?, TSecond[])>((null, new TSecond[1]));
        }

        [Cached("generic:static:{id}", Ttl = 60)]
        public static partial T Echo<T>(int id);

        private static T EchoCore<T>(int id) => (T)(object)id;
    }

    public sealed class ContainingTypeTests : IDisposable
    {
        private readonly Cache _cache = Cache.Create();
        private readonly Calls _calls = new();

        [Fact]
        public void An_implementation_of_an_interface()
        {
            ILookup lookup = new ImplementsInterface(_cache, _calls);
            Calls.Check(() => lookup.Find(1), () => lookup.Find(2), lookup);
        }

        [Fact]
        public void A_struct()
        {
            var service = new MutableStruct(_cache, _calls);
            Calls.Check(() => service.Find(1), () => service.Find(2), service);
        }

        [Fact]
        public void A_readonly_struct()
        {
            var service = new ReadonlyStruct(_cache, _calls);
            Calls.Check(() => service.Find(1), () => service.Find(2), service);
        }

        [Fact]
        public Task A_record()
        {
            var service = new RecordClass(_cache, _calls);
            return Calls.CheckAsync(() => service.FindAsync(1), () => service.FindAsync(2));
        }

        [Fact]
        public void A_record_struct()
        {
            var service = new RecordStruct(_cache, _calls);
            Calls.Check(() => service.Find(1), () => service.Find(2), service);
        }

        [Fact]
        public void A_static_class() => Calls.Check(() => StaticClass.Find(1), () => StaticClass.Find(2), StaticClass.Calls);

        [Fact]
        public void A_class_without_a_cache_uses_the_default_one()
        {
            var service = new NoCache(_calls);
            Calls.Check(() => service.Find(1), () => service.Find(2), service);
            Assert.True(Cache.Default.TryGet<int>(NoCache.CacheKeys.Find(1)).Found);
        }

        [Fact]
        public async Task A_static_method_without_a_cache_uses_the_default_one()
        {
            Assert.Equal(1000, await NoCache.FindStaticAsync(1000));
            Assert.True(Cache.Default.TryGet<int>(NoCache.CacheKeys.FindStatic(1000)).Found);
            Assert.Same(NoCache.FindStaticAsync(1000), NoCache.FindStaticAsync(1000));
        }

        [Fact]
        public void A_cache_in_a_field_although_a_parameter_is_called_cache()
        {
            var service = new WithField(_cache, _calls);
            Calls.Check(() => service.Find(1, "a"), () => service.Find(1, "b"), service);
        }

        [Fact]
        public void A_virtual_method_and_its_override_do_not_share()
        {
            Base service = new Derived(_cache, _calls);
            Calls.Check(() => service.Virtual(1), () => service.Virtual(2), service);
        }

        [Fact]
        public Task A_sealed_override_of_an_abstract_method()
        {
            Base service = new Derived(_cache, _calls);
            return Calls.CheckAsync(() => service.AbstractAsync(1), () => service.AbstractAsync(2));
        }

        [Fact]
        public void A_method_that_hides_another_with_an_inherited_loader()
        {
            var service = new Derived(_cache, _calls);
            Calls.Check(() => service.Hidden(1), () => service.Hidden(2), service);
        }

        [Fact]
        public void Every_accessibility()
        {
            var service = new Accessibilities(_cache, _calls);
            Calls.Check(() => service.All(1), () => service.All(2), service);
        }

        [Fact]
        public void A_class_nested_in_a_struct_in_a_class()
        {
            var service = new Outer.Middle.Inner(_cache, _calls);
            Calls.Check(() => service.Find(1), () => service.Find(2), service);
        }

        [Fact]
        public void Private_types() => Calls.Check(() => Outer.FindHidden(_cache, _calls, 1), () => Outer.FindHidden(_cache, _calls, 2), _calls);

        [Fact]
        public void A_class_nested_in_an_interface()
        {
            var service = new IContainer.Nested(_cache, _calls);
            Calls.Check(() => service.Find(1), () => service.Find(2), service);
        }

        [Fact]
        public async Task A_generic_class_does_not_share_between_type_arguments()
        {
            var texts = new Generic<string>(_cache, _calls);
            var versions = new Generic<Version>(_cache, _calls);
            Calls.Check(() => texts.Find(1), () => versions.Find(1), texts);
            Assert.Same(await texts.LoadAsync(1), await texts.LoadAsync(1));
            Assert.True(await _cache.ExistsAsync("generic:System.String:value:1"));
        }

        [Fact]
        public async Task A_generic_method_does_not_share_between_type_arguments()
        {
            var service = new GenericMethods(_cache, _calls);
            Calls.Check(() => service.Find<int>(1), () => service.Find<Guid>(1), service);
            Assert.Same((await service.PairAsync<Stream, DayOfWeek>(1)).Second, (await service.PairAsync<Stream, DayOfWeek>(1)).Second);
            Assert.NotSame((await service.PairAsync<Stream, DayOfWeek>(1)).Second, (await service.PairAsync<MemoryStream, DayOfWeek>(1)).Second);
            Assert.Equal(5, GenericMethods.Echo<int>(5));
            Assert.Equal(5, GenericMethods.Echo<object>(5));
        }

        public void Dispose() => _cache.Dispose();
    }
}

namespace CachedAttr.Shapes.Tests.@event.@class
{
    public sealed partial class @namespace(Cache cache, Calls calls)
    {
        [Cached("type:keyword-names:{id}", Ttl = 60)]
        public partial int @return(int id);

        private int @returnCore(int id) => calls.Next();
    }

    public sealed class KeywordNameTests
    {
        [Fact]
        public void Namespace_type_and_method_are_called_like_keywords()
        {
            using var cache = Cache.Create();
            var service = new @namespace(cache, new Calls());
            Calls.Check(() => service.@return(1), () => service.@return(2), service);
            Assert.Equal("type:keyword-names:1", @namespace.CacheKeys.@return(1).Text);
        }
    }
}
