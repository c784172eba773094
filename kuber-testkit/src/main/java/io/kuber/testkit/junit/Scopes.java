package io.kuber.testkit.junit;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Finds the scope of a context, and makes it when first asked for. JUnit keeps scopes and closes
 * them with their contexts.
 */
final class Scopes {
  private static final Namespace NAMESPACE = Namespace.create(KuberExtension.class);

  private Scopes() {}

  /** The scope of the class that the context is, or is within. */
  static ClassScope ofClass(ExtensionContext context) throws Exception {
    ExtensionContext owner = context;
    while (owner.getTestMethod().isPresent()) {
      owner = owner.getParent().orElseThrow();
    }
    Store store = owner.getStore(NAMESPACE);
    ClassScope scope = store.get(owner.getUniqueId(), ClassScope.class);
    if (scope == null) {
      scope = makeOfClass(owner);
      store.put(owner.getUniqueId(), scope);
    }
    return scope;
  }

  private static ClassScope makeOfClass(ExtensionContext context) throws Exception {
    Optional<Class<?>> type = context.getTestClass();
    if (type.isEmpty()) {
      throw new ExtensionConfigurationException("the test class has no @KuberTest");
    }
    Optional<KuberTest> wish = AnnotationSupport.findAnnotation(type.get(), KuberTest.class);
    return wish.isPresent()
        ? ClassScope.of(type.get(), wish.get())
        : ClassScope.within(ofClass(context.getParent().orElseThrow()));
  }

  /** The scope of the method that the context is. */
  static MethodScope ofMethod(ExtensionContext context) throws Exception {
    Store store = context.getStore(NAMESPACE);
    MethodScope scope = store.get(context.getUniqueId(), MethodScope.class);
    if (scope == null) {
      boolean beside = context.getExecutionMode() == ExecutionMode.CONCURRENT;
      scope = MethodScope.begin(ofClass(context), beside);
      store.put(context.getUniqueId(), scope);
    }
    return scope;
  }

  /** The seed that replays what a method has seen go wrong by chance; empty when nothing has. */
  static OptionalLong seedOf(ExtensionContext context) {
    MethodScope scope = context.getStore(NAMESPACE).get(context.getUniqueId(), MethodScope.class);
    return scope != null && scope.cluster().faults().isDrawn()
        ? OptionalLong.of(scope.cluster().faults().seed())
        : OptionalLong.empty();
  }

  /** Ends the scope of a method before JUnit does, so that the next one can begin. */
  static void endMethod(ExtensionContext context) {
    MethodScope scope =
        context.getStore(NAMESPACE).remove(context.getUniqueId(), MethodScope.class);
    if (scope != null) {
      scope.close();
    }
  }
}
