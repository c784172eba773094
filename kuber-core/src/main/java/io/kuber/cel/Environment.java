package io.kuber.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.TypeType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import io.kuber.cel.library.Functions;
import io.kuber.cel.library.Overload;
import io.kuber.cel.value.DeclaredType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions are checked against: the language, the libraries, and the variables with their
 * types. Immutable.
 */
final class Environment {
  /** The type names that expressions may compare {@code type(x)} with. */
  private static final ImmutableList<String> OPAQUE =
      ImmutableList.of(
          "net.IP", "net.CIDR", "kubernetes.URL", "kubernetes.Quantity", "kubernetes.Semver");

  /**
   * The deprecated option is the one way to have the checker refuse mixed lists, as cel-go does.
   */
  @SuppressWarnings("deprecation")
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHomogeneousLiterals(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final CelCompiler BASE = base();

  private final CelCompiler compiler;

  private Environment(CelCompiler compiler) {
    this.compiler = compiler;
  }

  /** An environment with variables of these types. */
  static Environment of(Map<String, Variable> variables) {
    return of(variables, CelTypes.NONE);
  }

  /** An environment in which objects can be made, too. */
  static Environment of(Map<String, Variable> variables, CelTypes made) {
    CelCompilerBuilder builder = BASE.toCompilerBuilder();
    Map<String, CelType> structs = new HashMap<>();
    variables.forEach(
        (name, variable) -> {
          CelType type = CheckedTypes.of(variable.type(), structs);
          builder.addVar(name, variable.isOptional() ? CheckedTypes.optional(type) : type);
        });
    return new Environment(builder.setTypeProvider(new Structs(structs, made)).build());
  }

  /**
   * A variable.
   *
   * @param type what it holds
   * @param isOptional whether it may be absent, and so is an optional value
   */
  record Variable(DeclaredType type, boolean isOptional) {}

  /** The checked form of an expression. */
  CelAbstractSyntaxTree check(String text) throws CelCompileException {
    try {
      return compiler.compile(text, "<input>").getAst();
    } catch (CelValidationException wrong) {
      throw new CelCompileException(String.valueOf(wrong.getMessage()));
    }
  }

  private static CelCompiler base() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.optional(), CelExtensions.comprehensions());
    Multimaps.index(Functions.LIBRARIES, Overload::function)
        .asMap()
        .forEach((name, overloads) -> builder.addFunctionDeclarations(declared(name, overloads)));
    OPAQUE.forEach(name -> builder.addVar(name, TypeType.create(OpaqueType.create(name))));
    return builder.build();
  }

  private static CelFunctionDecl declared(String name, Iterable<Overload> overloads) {
    ImmutableList.Builder<CelOverloadDecl> declarations = ImmutableList.builder();
    for (Overload overload : overloads) {
      CelType result = CheckedTypes.of(overload.result());
      List<CelType> arguments = overload.arguments().stream().map(CheckedTypes::of).toList();
      declarations.add(
          overload.isMember()
              ? CelOverloadDecl.newMemberOverload(overload.id(), result, arguments)
              : CelOverloadDecl.newGlobalOverload(overload.id(), result, arguments));
    }
    return CelFunctionDecl.newFunctionDeclaration(name, declarations.build());
  }

  /** Finds the structs of a schema by their names; immutable, as its interface wants it. */
  @SuppressWarnings("Immutable")
  private static final class Structs implements CelTypeProvider {
    private final ImmutableMap<String, CelType> byName;
    private final CelTypes made;

    Structs(Map<String, CelType> byName, CelTypes made) {
      this.byName = ImmutableMap.copyOf(byName);
      this.made = made;
    }

    @Override
    public ImmutableCollection<CelType> types() {
      return byName.values();
    }

    @Override
    public Optional<CelType> findType(String typeName) {
      return Optional.ofNullable(byName.get(typeName)).or(() -> made.find(typeName));
    }
  }

  /** A struct with these fields. */
  static CelType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name,
        ImmutableSet.copyOf(fields.keySet()),
        field -> Optional.ofNullable(fields.get(field)));
  }
}
