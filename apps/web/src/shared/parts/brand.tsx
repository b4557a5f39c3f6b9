/** Town hall and telephone line in one stroke. */
export const BrandMark = () => (
  <svg
    className="al-mark"
    viewBox="0 0 28 28"
    fill="none"
    stroke="currentColor"
    strokeWidth="3"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M3 12 14 4l11 8" />
    <path d="M7 13v6M14 13v6" />
    <path d="M3 23h15" />
    <circle cx="22.5" cy="23" r="2.6" fill="currentColor" stroke="none" />
  </svg>
);
