/**
 * ServiceCIDRs, from which Services get their addresses, and an IPAddress for each that one has
 * (upstream: pkg/controller/servicecidrs, pkg/registry/core/service/ipallocator).
 *
 * <p>Who has which address stands in the Services alone; admission gives them away. IPAddresses
 * follow. Nothing here has state; the reconciler's loop calls it. Start at {@link
 * io.kuber.controller.servicecidr.ServiceCidrController}.
 */
@NullMarked
package io.kuber.controller.servicecidr;

import org.jspecify.annotations.NullMarked;
