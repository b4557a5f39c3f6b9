/** Facts about being ready. Never a reason, never a place. */
export type AgentEvent =
  | { readonly kind: 'agent-logged-in'; readonly personId: string; readonly hotlineId: string }
  | { readonly kind: 'agent-logged-out'; readonly personId: string; readonly hotlineId: string }
  | { readonly kind: 'agent-paused'; readonly personId: string }
  | { readonly kind: 'agent-resumed'; readonly personId: string };
