package io.kuber.testkit.junit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * What {@link KuberTest} makes JUnit call: begins and ends the scopes of classes and methods, hands
 * out parameters, tells what happened in a test that failed, and complains of clusters that a test
 * has left open.
 */
public final class KuberExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        TestInstancePreConstructCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  /** For JUnit. */
  public KuberExtension() {}

  /** A constructor counts as part of the method that it makes the instance for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Scopes.ofClass(context);
  }

  @Override
  public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context)
      throws Exception {
    if (context.getTestMethod().isPresent()) {
      Scopes.ofMethod(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Scopes.ofMethod(context);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    tellSeed(context);
    if (context.getExecutionException().isPresent()) {
      Scopes.ofMethod(context).story().print(System.err, Leaks.name(context));
    }
    Scopes.endMethod(context);
    Leaks.ofMethod(context);
  }

  /** A failure that chance has brought about tells how to bring it about again. */
  private static void tellSeed(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(
            failure ->
                Scopes.seedOf(context)
                    .ifPresent(seed -> failure.addSuppressed(new DrawnFaults(seed))));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Leaks.ofClass(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Injectables.forParameter(parameter.getParameter()).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Injectable wanted = Injectables.forParameter(parameter.getParameter()).orElseThrow();
    try {
      if (context.getTestMethod().isPresent()) {
        MethodScope method = Scopes.ofMethod(context);
        return method.handouts().value(wanted, method.cluster());
      }
      ClassScope scope = Scopes.ofClass(context);
      return scope.handouts().value(wanted, scope.cluster());
    } catch (Exception e) {
      throw new ParameterResolutionException("cannot hand out " + wanted.name(), e);
    }
  }
}
