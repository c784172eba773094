/**
 * Step 4 of the flow: what happens to a write between the verb and the store.
 *
 * <p>A link looks at the object and hands it on, changed or not, or refuses the write. No owner
 * thread: links hold no state, or guard it themselves. Start at {@link
 * io.kuber.admission.AdmissionChain}, the list.
 *
 * <p><b>Invariant:</b> what comes out of the chain is complete and valid.
 */
@NullMarked
package io.kuber.admission;

import org.jspecify.annotations.NullMarked;
