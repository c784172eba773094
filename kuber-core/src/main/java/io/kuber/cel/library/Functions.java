package io.kuber.cel.library;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.util.List;
import java.util.stream.Stream;

/**
 * All functions there are, by name. Those of the CEL standard are known to the checker already and
 * tell types apart themselves; those of {@link #LIBRARIES} have to be declared to it.
 */
public final class Functions {
  /** What Kubernetes adds to the standard (apiserver, pkg/cel/environment/base.go). */
  public static final ImmutableList<Overload> LIBRARIES =
      Stream.of(
              StringLibrary.overloads(),
              ListLibrary.overloads(),
              SetLibrary.overloads(),
              RegexLibrary.overloads(),
              UrlLibrary.overloads(),
              QuantityLibrary.overloads(),
              IpLibrary.overloads(),
              CidrLibrary.overloads(),
              FormatLibrary.overloads(),
              SemverLibrary.overloads(),
              AuthorizationLibrary.overloads(),
              JsonPatchLibrary.overloads())
          .flatMap(List::stream)
          .collect(ImmutableList.toImmutableList());

  private static final ImmutableListMultimap<String, Overload> BY_NAME =
      Multimaps.index(LIBRARIES, Overload::function);

  private Functions() {}

  /** The functions of libraries that have a name, in the order in which they are to be tried. */
  public static ImmutableList<Overload> named(String function) {
    return BY_NAME.get(function);
  }
}
