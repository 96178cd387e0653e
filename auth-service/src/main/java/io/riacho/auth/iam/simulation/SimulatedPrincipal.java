package io.riacho.auth.iam.simulation;

import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import java.util.List;
import java.util.Map;

/**
 * Who is imagined to ask.
 *
 * @param keys condition keys that hold for it; names in lower case
 */
record SimulatedPrincipal(Principal principal, PolicySet policies, Map<String, List<String>> keys) {}
